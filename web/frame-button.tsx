import { Button } from '@mantine/core'
import styles from './ui/navigation.module.css'

interface FrameButtonProps {
  onClick: () => void
  /** The keys that do the same. */
  keys?: string
  children: string
}

/** Stands in the frame, and so on every page. */
export function FrameButton({ onClick, keys, children }: FrameButtonProps) {
  return (
    <Button
      variant="default"
      size="xs"
      fullWidth
      className={styles.invite}
      onClick={onClick}
      rightSection={
        keys && (
          <span className={styles.keys} aria-hidden="true">
            {keys}
          </span>
        )
      }
      {...(keys && { 'aria-keyshortcuts': 'Control+K Meta+K' })}
    >
      {children}
    </Button>
  )
}
