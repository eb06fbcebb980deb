import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import type { ComponentPropsWithRef } from 'react'
import { useSession } from './session.ts'
import { portalTexts as texts } from './texts/portal.ts'
import { ChevronIcon } from './ui/icons.tsx'
import styles from './ui/navigation.module.css'

/** Who is signed in, which opens the account menu. */
export function PersonButton(props: ComponentPropsWithRef<'button'>) {
  const { person, company } = useSession()
  return (
    <UnstyledButton {...props} className={styles.person}>
      <span className={styles.names}>
        <span>{person.name}</span>
        <span className={styles.company}>{company.name}</span>
      </span>
      <VisuallyHidden>{texts.accountMenu}</VisuallyHidden>
      <ChevronIcon />
    </UnstyledButton>
  )
}
