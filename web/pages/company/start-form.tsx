import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Subscription } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { FormFoot } from '../../form-foot.tsx'
import { vendorSubscriptionTexts as texts } from '../../texts/companies.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { dayAhead, endOfDay, startOfDay } from '../../ui/times.ts'

/** The form that starts a paid subscription or a trial. */
export function StartForm({ companyId, onClose }: { companyId: string; onClose: () => void }) {
  const today = dayAhead(0)
  const [checked, setChecked] = useState(false)
  const [kind, setKind] = useState<Subscription['kind']>('paid')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(dayAhead(365))
  const starting = useStarting(companyId, onClose)
  const fromMistake = !from || from < today ? texts.datePast : undefined
  const untilMistake = !until ? texts.dateMissing : until < from ? texts.dateOrder : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!fromMistake && !untilMistake) {
      starting.mutate({ kind, endsAt: endOfDay(until), ...(from > today && { startsAt: startOfDay(from) }) })
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <NativeSelect
          label={texts.kind}
          description={kind === 'paid' ? texts.paidEndsTrial : undefined}
          inputWrapperOrder={['label', 'input', 'description']}
          data={[
            { value: 'paid', label: texts.kinds.paid },
            { value: 'trial', label: texts.kinds.trial },
          ]}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Subscription['kind'])}
          data-autofocus
        />
        <TextInput
          type="date"
          label={texts.from}
          description={texts.fromHint}
          min={today}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={checked && fromMistake}
        />
        <TextInput
          type="date"
          label={texts.until}
          min={from}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
          error={checked && untilMistake}
        />
      </Stack>
      <FormFoot sent={starting} submit={texts.start} onCancel={onClose} />
    </form>
  )
}

function useStarting(companyId: string, onDone: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { kind: Subscription['kind']; startsAt?: string; endsAt: string }) =>
      answer(api.POST('/api/v1/companies/{companyId}/subscriptions', { params: { path: { companyId } }, body })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
      onDone()
      notifyDone(texts.started)
    },
  })
}
