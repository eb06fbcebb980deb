import { Title, UnstyledButton, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { languages, showIn } from '../languages.ts'
import { language } from '../texts/language.ts'
import { portalTexts as texts } from '../texts/portal.ts'
import styles from './doorway.module.css'

/** A page outside the portal's frame, with one form: signing in, setting up. */
export function Doorway({
  brand,
  title,
  lead,
  children,
}: {
  brand: string
  title: string
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <main className={styles.doorway}>
      <title>{brand ? `${title} · ${brand}` : title}</title>
      <div className={styles.panel}>
        <p className={styles.brand}>{brand || '\u00a0'}</p>
        <Title order={1}>{title}</Title>
        {lead && <p className={styles.lead}>{lead}</p>}
        {children}
        <fieldset className={styles.languages}>
          <VisuallyHidden component="legend">{texts.language}</VisuallyHidden>
          {Object.entries(languages).map(([code, name]) => (
            <UnstyledButton
              key={code}
              lang={code}
              aria-pressed={code === language}
              className={styles.language}
              onClick={() => showIn(code)}
            >
              {name}
            </UnstyledButton>
          ))}
        </fieldset>
      </div>
    </main>
  )
}
