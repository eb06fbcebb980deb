import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { signInTexts } from '../../texts/sign-in.ts'
import { DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import type { ProblemText } from '../../ui/query.tsx'

interface PasswordFormProps {
  lead?: string
  submitText: string
  pending: boolean
  problem: ProblemText | undefined
  onClose: () => void
  onSubmit: (password: string) => void
}

/** A dialog's form that asks for one's password, for what is done with it. */
export function PasswordForm({ lead, submitText, pending, problem, onClose, onSubmit }: PasswordFormProps) {
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (password) {
      onSubmit(password)
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      {lead && <p>{lead}</p>}
      <PasswordField
        label={accountTexts.twoFactor.password}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={checked && !password && signInTexts.passwordMissing}
        showText={signInTexts.showPassword}
        data-autofocus
      />
      <FormProblem problem={problem} />
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={pending}>
          {submitText}
        </Button>
      </DialogButtons>
    </form>
  )
}
