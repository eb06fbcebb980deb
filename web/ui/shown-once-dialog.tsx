import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Dialog, DialogButtons } from './dialog.tsx'
import { ShownOnce } from './shown-once.tsx'

interface ShownOnceDialogProps {
  opened: boolean
  onClose: () => void
  /** The title while there is no secret yet. */
  title: string
  /** What was made, once it was. */
  secret: string | undefined
  onLeft: () => void
  texts: {
    title: string
    once: string
    label: string
    done: string
    leaveTitle: string
    leave: string
    back: string
    leaveAnyway: string
  }
  words: { copy: string; copied: string; close: string }
  /** The form that makes it. */
  form: ReactNode
  /** What is shown with the secret: how to use it. */
  children: ReactNode
}

/** A dialog that makes a secret and shows it this once. Closing it before the secret was copied asks first. */
export function ShownOnceDialog(props: ShownOnceDialogProps) {
  const { opened, secret, texts, words } = props
  const [copied, setCopied] = useState(false)
  const [leaving, setLeaving] = useState(false)

  const leave = () => {
    props.onClose()
    props.onLeft()
    setCopied(false)
    setLeaving(false)
  }
  const close = () => (secret && !copied && !leaving ? setLeaving(true) : leave())
  const title = leaving ? texts.leaveTitle : secret ? texts.title : props.title

  return (
    <Dialog opened={opened} onClose={close} title={title} closeText={words.close} lightly={false} size="36rem">
      {!secret && props.form}
      {secret && leaving && (
        <>
          <p role="alert">{texts.leave}</p>
          <DialogButtons>
            <Button variant="default" onClick={leave}>
              {texts.leaveAnyway}
            </Button>
            <Button onClick={() => setLeaving(false)} autoFocus>
              {texts.back}
            </Button>
          </DialogButtons>
        </>
      )}
      {secret && !leaving && (
        <>
          <p role="status">{texts.once}</p>
          <ShownOnce label={texts.label} secret={secret} texts={words} onCopied={() => setCopied(true)} />
          {props.children}
          <DialogButtons>
            <Button variant="default" onClick={close}>
              {texts.done}
            </Button>
          </DialogButtons>
        </>
      )}
    </Dialog>
  )
}
