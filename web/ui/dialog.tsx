import { Alert, Button, Modal, Text } from '@mantine/core'
import { type ReactNode, useId, useLayoutEffect } from 'react'
import { portalTexts as texts } from '../texts/portal.ts'
import styles from './dialog.module.css'
import type { ProblemText } from './query.tsx'

interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  size?: string
  /** Whether a click beside the dialog closes it; not where something would be lost. */
  lightly?: boolean
  /** What it is called for a screen reader's close button. */
  closeText: string
  children: ReactNode
}

/**
 * Gives the focus back to what had it before: also for a dialog that is there only once it is opened, which the library's own
 * way forgets; and to the page's heading where that is gone, as the row of what was deleted.
 */
function useFocusBack(opened: boolean): void {
  useLayoutEffect(() => {
    const opener = document.activeElement
    if (!opened || !(opener instanceof HTMLElement)) {
      return
    }
    return () => {
      setTimeout(() => (opener.isConnected ? opener : document.querySelector('h1'))?.focus({ preventScroll: true }))
    }
  }, [opened])
}

/** A dialog: holds the focus while open, gives it back after. */
export function Dialog({ opened, onClose, title, size = '32rem', lightly = true, closeText, children }: DialogProps) {
  useFocusBack(opened)
  return (
    <Modal
      returnFocus={false}
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={lightly}
      closeButtonProps={{ 'aria-label': closeText }}
      classNames={{ title: styles.title, header: styles.header, body: styles.body, content: styles.content }}
    >
      {children}
    </Modal>
  )
}

/** The buttons at the foot of a dialog; the one that acts stands last. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>
}

/** A problem within a form or dialog. */
export function FormProblem({ problem }: { problem: ProblemText | undefined }) {
  return problem ? (
    <Alert role="alert" variant="outline" color="red" title={problem.title} className={styles.problem}>
      {problem.detail}
      {problem.requestId && ` (${texts.requestId(problem.requestId)})`}
    </Alert>
  ) : null
}

interface ConfirmProps {
  opened: boolean
  onClose: () => void
  title: string
  /** What it does, and what it cannot do. */
  children: ReactNode
  confirmText: string
  cancelText: string
  closeText: string
  /** Red, for what cannot be undone. */
  danger?: boolean
  pending: boolean
  problem: ProblemText | undefined
  onConfirm: () => void
}

/** The question before an act with consequences. */
export function Confirm(props: ConfirmProps) {
  const described = useId()
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title} closeText={props.closeText} size="28rem">
      <Text component="div" id={described} className={styles.text}>
        {props.children}
      </Text>
      <FormProblem problem={props.problem} />
      <DialogButtons>
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {props.cancelText}
        </Button>
        <Button
          {...(props.danger && { color: 'red' })}
          onClick={props.onConfirm}
          loading={props.pending}
          aria-describedby={described}
        >
          {props.confirmText}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
