import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { renderSVG } from 'uqr'
import { accountQuery } from '../../account.ts'
import { answer, api, problemText } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { sessionQuery } from '../../session.ts'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { ShownOnce } from '../../ui/shown-once.tsx'
import styles from '../account.module.css'
import { PasswordForm } from './password-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const texts = accountTexts.twoFactor

/** In three steps: the password; the app's key, and a code that proves it; the recovery codes. */
export function SetUpTwoFactor({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient()
  const router = useRouter()
  const begin = useMutation({
    mutationFn: (password: string) => answer(api.POST('/api/v1/account/two-factor', { body: { password } })),
  })
  const [on, setOn] = useState(false)
  const end = async () => {
    onClose()
    notifyDone(texts.done)
    await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
    await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    // The page was opened with a session that lacked it.
    await router.invalidate()
  }
  if (!begin.data) {
    return (
      <PasswordForm
        submitText={texts.next}
        pending={begin.isPending}
        problem={begin.error ? problemText(begin.error) : undefined}
        onClose={onClose}
        onSubmit={(password) => begin.mutate(password)}
      />
    )
  }
  if (on) {
    return <RecoveryCodes codes={begin.data.recoveryCodes} onKept={() => void end()} />
  }
  return <CodeForm {...begin.data} onClose={onClose} onDone={() => setOn(true)} />
}

function CodeForm({ uri, secret, onClose, onDone }: { uri: string; secret: string; onClose: () => void; onDone: () => void }) {
  const [code, setCode] = useState('')
  const [checked, setChecked] = useState(false)
  const confirm = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/account/two-factor', { body: { code: code.trim() } })),
    onSuccess: onDone,
  })
  const mistake = /^\d{6}$/.test(code.trim()) ? undefined : texts.codeMissing
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      confirm.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{texts.scan}</p>
      <img
        alt={texts.picture}
        className={styles.picture}
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 1 }))}`}
      />
      <ShownOnce label={texts.key} secret={secret} texts={portalTexts} onCopied={() => undefined} />
      <TextInput
        label={texts.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={checked && mistake}
        autoFocus
      />
      <FormFoot sent={confirm} submit={texts.confirm} onCancel={onClose} />
    </form>
  )
}
