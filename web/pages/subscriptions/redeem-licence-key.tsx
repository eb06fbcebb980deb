import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { redeemTexts as texts } from '../../texts/licence-keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { dateOf } from '../../ui/times.ts'

/** The dialog that redeems a licence key: for one's own company, or the vendor for a customer. */
export function RedeemLicenceKey({ companyId, onClose }: { companyId?: string; onClose: () => void }) {
  const [licenceKey, setLicenceKey] = useState('')
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const redemption = useMutation({
    mutationFn: () => {
      const body = { licenceKey: licenceKey.trim() }
      return companyId === undefined
        ? answer(api.POST('/api/v1/subscription/licence-key', { body }))
        : answer(api.POST('/api/v1/companies/{companyId}/licence-key', { params: { path: { companyId } }, body }))
    },
    onSuccess: async ({ endsAt }) => {
      await Promise.all(
        ['subscription', 'companies', 'licence-keys'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
      )
      onClose()
      notifyDone(texts.done(dateOf(endsAt)))
    },
    gcTime: 0,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (licenceKey.trim()) {
      redemption.mutate()
    }
  }
  return (
    <Dialog opened onClose={onClose} title={texts.title} closeText={portalTexts.close}>
      <form onSubmit={submit} noValidate>
        <TextInput
          label={texts.key}
          description={texts.hint}
          value={licenceKey}
          onChange={(event) => setLicenceKey(event.currentTarget.value)}
          error={checked && !licenceKey.trim() && texts.missing}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <FormFoot sent={redemption} submit={texts.submit} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
