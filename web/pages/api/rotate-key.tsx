import { NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Key } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { keysQuery } from '../../keys.ts'
import { rotateKeyTexts as texts } from '../../texts/key-changes.ts'
import { newKeyTexts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'
import { dateAndTimeOf } from '../../ui/times.ts'
import { Snippets } from './snippets.tsx'

const overlaps = [0, 1, 2, 3, 4, 5, 6, 7]

/** Replacing a key by one with the same settings, which is shown this once. */
export function RotateKey({ rotated: key, onClose }: { rotated: Key; onClose: () => void }) {
  const [secret, setSecret] = useState<string>()
  return (
    <ShownOnceDialog
      opened
      onClose={onClose}
      title={texts.title(key.name)}
      secret={secret}
      onLeft={() => setSecret(undefined)}
      texts={newKeyTexts}
      words={portalTexts}
      form={<RotateForm rotated={key} onCancel={onClose} onMade={setSecret} />}
    >
      <Snippets secret={secret ?? ''} />
    </ShownOnceDialog>
  )
}

function RotateForm({
  rotated: key,
  onCancel,
  onMade,
}: {
  rotated: Key
  onCancel: () => void
  onMade: (secret: string) => void
}) {
  const [overlapDays, setOverlapDays] = useState(1)
  const queryClient = useQueryClient()
  const rotation = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/keys/{keyId}/successor', { params: { path: { keyId: key.id } }, body: { overlapDays } })),
    onSuccess: async ({ secret }) => {
      onMade(secret)
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
    },
    // The secret must not outlive the dialog in the cache of mutations.
    gcTime: 0,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rotation.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <p>{texts.lead}</p>
        <NativeSelect
          label={texts.overlap}
          description={key.expiresAt && texts.end(dateAndTimeOf(key.expiresAt))}
          inputWrapperOrder={['label', 'input', 'description']}
          data={overlaps.map((days) => ({ value: String(days), label: texts.days(days) }))}
          value={String(overlapDays)}
          onChange={(event) => setOverlapDays(Number(event.currentTarget.value))}
          data-autofocus
        />
      </Stack>
      <FormFoot sent={rotation} submit={texts.submit} onCancel={onCancel} />
    </form>
  )
}
