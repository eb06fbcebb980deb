import { Button } from '@mantine/core'
import { portalTexts as texts } from './texts/portal.ts'
import styles from './ui/navigation.module.css'

/** Stands in the frame, so that a co-worker can be invited from every page. */
export function InviteButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" size="xs" fullWidth className={styles.invite} onClick={onClick}>
      {texts.invite}
    </Button>
  )
}
