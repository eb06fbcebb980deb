import { Button } from '@mantine/core'

interface RowButtonProps {
  /** The word on it. */
  children: string
  /** What it is for whoever cannot see its row; holds the word. */
  label?: string
  danger?: boolean
  onClick: () => void
}

/** A quiet button in a row of a table. */
export function RowButton({ children, label, danger, onClick }: RowButtonProps) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      data-row-button
      {...(danger ? { color: 'red', c: 'var(--mantine-color-error)' } : { c: 'var(--mantine-color-anchor)' })}
      {...(label && { 'aria-label': label })}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
