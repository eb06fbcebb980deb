import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { accountQuery, askPasskey } from './account.ts'
import { answer, api, problemText } from './client.ts'
import { endAsking } from './confirmation.ts'
import { leaveForProvider } from './provider.ts'
import { sessionQuery } from './session.ts'
import { confirmTexts as texts } from './texts/account.ts'
import { portalTexts } from './texts/portal.ts'
import { signInTexts } from './texts/sign-in.ts'
import { confirmAtProviderTexts } from './texts/single-sign-on.ts'
import { Dialog, DialogButtons, FormProblem } from './ui/dialog.tsx'
import { focusFirstMistake } from './ui/mistakes.ts'
import { PasswordField } from './ui/password-field.tsx'

type Proof = { password: string } | { code: string } | { passkey: { id: string } }

/** The question whether the person is there still, before what is dangerous; what was asked then goes on by itself. */
export function ConfirmSession() {
  const session = useQuery(sessionQuery)
  const provider = session.data?.singleSignOn
  return (
    <Dialog
      opened
      onClose={() => endAsking(false)}
      title={texts.title}
      closeText={portalTexts.close}
      size="28rem"
      lightly={false}
    >
      {provider?.used ? <ByProvider name={provider.name} /> : <ByOwnProof />}
    </Dialog>
  )
}

/** Whoever came by the company's provider proves it there: the portal is left for that, and what waits is asked anew afterwards. */
function ByProvider({ name }: { name: string }) {
  const leave = useMutation({
    mutationFn: () => leaveForProvider({ name, again: true, from: window.location.pathname + window.location.search }),
  })
  return (
    <>
      <p>{confirmAtProviderTexts.lead}</p>
      <FormProblem problem={leave.error ? problemText(leave.error) : undefined} />
      <DialogButtons>
        <Button loading={leave.isPending} onClick={() => leave.mutate()} data-autofocus>
          {confirmAtProviderTexts.submit}
        </Button>
      </DialogButtons>
    </>
  )
}

function ByOwnProof() {
  const account = useQuery(accountQuery)
  const [byCode, setByCode] = useState(false)
  const [given, setGiven] = useState('')
  const [checked, setChecked] = useState(false)
  const confirm = useMutation({
    mutationFn: async (proof: () => Promise<Proof>) => answer(api.PUT('/api/v1/session/confirmation', { body: await proof() })),
    onSuccess: () => endAsking(true),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The form that waits for this one holds it, where it is a dialog too: its own submission is not meant.
    event.stopPropagation()
    setChecked(true)
    focusFirstMistake(event)
    if (given) {
      confirm.mutate(async () => (byCode ? { code: given.trim() } : { password: given }))
    }
  }
  const turn = () => {
    setByCode(!byCode)
    setGiven('')
    setChecked(false)
    confirm.reset()
  }
  const field = {
    value: given,
    onChange: (event: { currentTarget: HTMLInputElement }) => setGiven(event.currentTarget.value),
    error: checked && !given && texts.missing,
    'data-autofocus': true,
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{texts.lead}</p>
      {byCode ? (
        <TextInput key="code" label={texts.code} autoComplete="one-time-code" {...field} />
      ) : (
        <PasswordField
          key="password"
          label={texts.password}
          showText={signInTexts.showPassword}
          autoComplete="current-password"
          {...field}
        />
      )}
      <FormProblem problem={confirm.error ? problemText(confirm.error) : undefined} />
      <DialogButtons>
        {account.data?.twoFactor && (
          <Button variant="default" onClick={turn}>
            {byCode ? texts.usePassword : texts.useCode}
          </Button>
        )}
        {account.data && account.data.passkeys.length > 0 && (
          <Button variant="default" onClick={() => confirm.mutate(async () => ({ passkey: await askPasskey() }))}>
            {texts.usePasskey}
          </Button>
        )}
        <Button type="submit" loading={confirm.isPending}>
          {texts.submit}
        </Button>
      </DialogButtons>
    </form>
  )
}
