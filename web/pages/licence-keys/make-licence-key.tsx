import { Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { licenceKeysQuery } from '../../licence-keys.ts'
import { makeLicenceKeyTexts as texts } from '../../texts/licence-keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'

const DAYS_MAX = 3652
const NOTE_LENGTH_MAX = 200

/** Making a licence key: its period, then the key itself, this once. */
export function MakeLicenceKey({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string>()
  return (
    <ShownOnceDialog
      opened
      onClose={onClose}
      title={texts.title}
      secret={secret}
      onLeft={() => setSecret(undefined)}
      texts={texts.shown}
      words={portalTexts}
      form={<PeriodForm onCancel={onClose} onMade={setSecret} />}
    >
      {null}
    </ShownOnceDialog>
  )
}

function PeriodForm({ onCancel, onMade }: { onCancel: () => void; onMade: (secret: string) => void }) {
  const [days, setDays] = useState('365')
  const [note, setNote] = useState('')
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const making = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/licence-keys', { body: { days: Number(days), ...(note.trim() && { note: note.trim() }) } })),
    onSuccess: async ({ secret }) => {
      onMade(secret)
      await queryClient.invalidateQueries({ queryKey: licenceKeysQuery.queryKey })
    },
    gcTime: 0,
  })
  const daysMistake = /^[1-9]\d*$/.test(days.trim()) && Number(days) <= DAYS_MAX ? undefined : texts.daysWrong
  const noteMistake = note.trim().length > NOTE_LENGTH_MAX ? texts.noteLong : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!daysMistake && !noteMistake) {
      making.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={texts.days}
          description={texts.daysHint}
          inputMode="numeric"
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          error={checked && daysMistake}
          data-autofocus
        />
        <TextInput
          label={texts.note}
          description={texts.noteHint}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={checked && noteMistake}
        />
      </Stack>
      <FormFoot sent={making} submit={texts.submit} onCancel={onCancel} />
    </form>
  )
}
