import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Member, problemText, type SignInProvider } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { signInTexts } from '../../texts/sign-in.ts'
import { providerTexts as texts } from '../../texts/single-sign-on.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { providerQuery } from './single-sign-on.tsx'

const nothing = {
  name: '',
  issuer: '',
  clientId: '',
  enabled: true,
  required: false,
  countsAsTwoFactors: false,
  exemptMemberId: '',
}

type Words = 'name' | 'issuer' | 'clientId'
type Choices = 'enabled' | 'required' | 'countsAsTwoFactors'

/** What the provider is, and what holds for members. Saving asks the provider whether it is there. */
export function ProviderForm({ present, administrators }: { present: SignInProvider | undefined; administrators: Member[] }) {
  const [form, setForm] = useState({ ...nothing, ...present, clientSecret: '' })
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const { name, issuer, clientId, clientSecret, enabled, required, countsAsTwoFactors, exemptMemberId } = form
  const secretNeeded = !(present?.issuer === issuer && present.clientId === clientId)
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/sign-in-provider', {
          body: {
            ...{ name, issuer: issuer.trim(), clientId, enabled, required, countsAsTwoFactors },
            ...(clientSecret && { clientSecret }),
            ...(required && exemptMemberId && { exemptMemberId }),
          },
        }),
      ),
    onSuccess: async (provider) => {
      queryClient.setQueryData(providerQuery.queryKey, {
        provider,
        redirectUri: provider.redirectUri,
        signOutUri: provider.signOutUri,
      })
      setForm({ ...form, clientSecret: '' })
      setChecked(false)
      notifyDone(texts.saved)
    },
  })
  const words = (field: Words) => ({
    label: texts[field],
    value: form[field],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [field]: event.currentTarget.value }),
    error: checked && !form[field].trim() && texts.missing,
    autoComplete: 'off',
  })
  const choice = (field: Choices) => ({
    checked: form[field],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [field]: event.currentTarget.checked }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (name.trim() && issuer.trim() && clientId.trim() && (clientSecret || !secretNeeded)) {
      save.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw="32rem">
        <TextInput description={texts.nameHint} {...words('name')} />
        <TextInput description={texts.issuerHint} {...words('issuer')} />
        <TextInput {...words('clientId')} />
        <PasswordField
          label={texts.clientSecret}
          description={secretNeeded ? undefined : texts.secretKept}
          autoComplete="off"
          showText={signInTexts.showPassword}
          value={clientSecret}
          onChange={(event) => setForm({ ...form, clientSecret: event.currentTarget.value })}
          error={checked && secretNeeded && !clientSecret && texts.missing}
        />
        <Checkbox label={texts.enabled} {...choice('enabled')} />
        <Checkbox label={texts.required} description={texts.requiredHint} {...choice('required')} />
        {required && (
          <NativeSelect
            label={texts.exempt}
            description={texts.exemptHint}
            value={exemptMemberId}
            onChange={(event) => setForm({ ...form, exemptMemberId: event.currentTarget.value })}
            data={[
              { value: '', label: texts.everyAdministrator },
              ...administrators.map(({ id, name: who, email }) => ({ value: id, label: `${who} (${email})` })),
            ]}
          />
        )}
        <Checkbox label={texts.twoFactors} description={texts.twoFactorsHint} {...choice('countsAsTwoFactors')} />
        <FormProblem problem={save.error ? problemText(save.error) : undefined} />
        <div>
          <Button type="submit" loading={save.isPending}>
            {portalTexts.save}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
