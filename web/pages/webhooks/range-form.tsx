import { Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { portalTexts } from '../../texts/portal.ts'
import { resendTexts as texts, webhookTexts } from '../../texts/webhooks.ts'
import { DialogButtons } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { minuteOf } from '../../ui/times.ts'
import type { DeliveryRange } from '../../webhooks.ts'

const states = (['failed', 'delivered'] as const).map((value) => ({ value, label: webhookTexts.states[value] }))
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Which deliveries are sent again: those that failed of the last day, until something else is chosen. */
export function RangeForm({ onRange, onCancel }: { onRange: (range: DeliveryRange) => void; onCancel: () => void }) {
  const [state, setState] = useState<DeliveryRange['state']>('failed')
  const [from, setFrom] = useState(() => minuteOf(new Date(Date.now() - dayMs)))
  const [to, setTo] = useState(() => minuteOf(new Date(Date.now() + minuteMs)))
  const [checked, setChecked] = useState(false)
  const fromMistake = from ? undefined : texts.momentMissing
  const toMistake = !to ? texts.momentMissing : to > from ? undefined : texts.toEarly
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!fromMistake && !toMistake) {
      onRange({ state, from: new Date(from).toISOString(), to: new Date(to).toISOString() })
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <NativeSelect
          label={texts.which}
          data={states}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as DeliveryRange['state'])}
          data-autofocus
        />
        <TextInput
          type="datetime-local"
          label={texts.from}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={checked && fromMistake}
        />
        <TextInput
          type="datetime-local"
          label={texts.to}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={checked && toMistake}
        />
      </Stack>
      <p>{texts.text}</p>
      <DialogButtons>
        <Button variant="default" onClick={onCancel}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit">{texts.submit}</Button>
      </DialogButtons>
    </form>
  )
}
