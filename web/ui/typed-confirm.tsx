import { Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Dialog, DialogButtons, FormProblem } from './dialog.tsx'
import { focusFirstMistake } from './mistakes.ts'
import type { ProblemText } from './query.tsx'

interface TypedConfirmProps {
  opened: boolean
  onClose: () => void
  title: string
  /** What it does, and what it cannot do. */
  children: ReactNode
  label: string
  hint: string
  mistake: string
  /** What has to be typed; spaces around it do not count, nor do capitals. */
  expected: string
  confirmText: string
  cancelText: string
  closeText: string
  pending: boolean
  problem: ProblemText | undefined
  onConfirm: () => void
}

/** The question before what is final: something that names it is typed first. */
export function TypedConfirm({ opened, onClose, title, closeText, ...rest }: TypedConfirmProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title} closeText={closeText} lightly={false}>
      <TypedForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

type TypedFormProps = Omit<TypedConfirmProps, 'opened' | 'title' | 'closeText'>

function TypedForm({ onClose, children, expected, ...props }: TypedFormProps) {
  const [typed, setTyped] = useState('')
  const [checked, setChecked] = useState(false)
  const isRight = plain(typed) === plain(expected)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (isRight) {
      props.onConfirm()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <div>{children}</div>
        <TextInput
          label={props.label}
          description={props.hint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={checked && !isRight ? props.mistake : undefined}
          autoComplete="off"
          required
          data-autofocus
        />
      </Stack>
      <FormProblem problem={props.problem} />
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          {props.cancelText}
        </Button>
        <Button type="submit" color="red" loading={props.pending}>
          {props.confirmText}
        </Button>
      </DialogButtons>
    </form>
  )
}

function plain(text: string): string {
  return text.trim().toLocaleLowerCase()
}
