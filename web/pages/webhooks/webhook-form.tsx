import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../../client.ts'
import { useSession } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { addWebhookTexts as texts, webhooksTexts } from '../../texts/webhooks.ts'
import { DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { alarmKinds, type Kind, kindsFor, type Severity, severities } from './kinds.ts'
import { CustomersField, LocationsField } from './scope-fields.tsx'
import { bodyOf, type Draft, emptyDraft, type Format, isSigned, mistakesOf } from './webhook-draft.ts'

interface WebhookFormProps {
  onCancel: () => void
  /** With the secret that is shown once, where there is one. */
  onAdded: (name: string, secret: string | undefined) => void
}

/** The settings of a new webhook. */
export function WebhookForm({ onCancel, onAdded }: WebhookFormProps) {
  const { id, kind } = useSession().company
  const [checked, setChecked] = useState(false)
  const [draft, setDraft] = useState(emptyDraft)
  const queryClient = useQueryClient()
  const adding = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhooks', { body: bodyOf(draft) })),
    onSuccess: async ({ webhook, secret }) => {
      // A public key is no secret: the webhook's page shows it.
      onAdded(webhook.name, webhook.scheme === 'v1a' ? undefined : secret)
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    gcTime: 0,
  })
  const mistakes = mistakesOf(draft)
  const shown = checked ? mistakes : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (Object.keys(mistakes).length === 0) {
      adding.mutate()
    }
  }
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const offered = isSigned(draft.format) ? kindsFor(kind) : alarmKinds
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={shown.name}
          data-autofocus
        />
        <TextInput
          type="url"
          label={texts.url}
          description={texts.urlHint}
          value={draft.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
          error={shown.url}
        />
        <NativeSelect
          label={texts.format}
          data={Object.entries(texts.formats).map(([value, label]) => ({ value, label }))}
          value={draft.format}
          onChange={(event) => {
            const format = event.currentTarget.value as Format
            set({ format, kinds: isSigned(format) ? draft.kinds : alarmKinds })
          }}
        />
        {draft.format === 'basic' && (
          <TextInput
            label={texts.username}
            autoComplete="off"
            value={draft.username}
            onChange={(event) => set({ username: event.currentTarget.value })}
          />
        )}
        {!isSigned(draft.format) && (
          <PasswordInput
            label={draft.format === 'basic' ? texts.password : texts.token}
            autoComplete="off"
            value={draft.credential}
            onChange={(event) => set({ credential: event.currentTarget.value })}
            error={shown.credential}
          />
        )}
        <Checkbox.Group
          label={texts.kinds}
          value={[...draft.kinds]}
          onChange={(kinds) => set({ kinds: kinds as Kind[] })}
          error={shown.kinds}
        >
          <Stack gap="xs" mt="xs">
            {offered.map((one) => (
              <Checkbox key={one} value={one} label={webhooksTexts.kinds[one]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Checkbox.Group
          label={texts.severities}
          description={texts.anySeverity}
          value={[...draft.severities]}
          onChange={(chosen) => set({ severities: chosen as Severity[] })}
        >
          <Group gap="md" mt="xs">
            {severities.map((one) => (
              <Checkbox key={one} value={one} label={one} />
            ))}
          </Group>
        </Checkbox.Group>
        {kind === 'partner' && (
          <CustomersField
            chosen={draft.customers}
            // Locations are those of the chosen customers.
            onChange={(customers) => set({ customers, locations: null })}
            mistake={shown.customers}
          />
        )}
        {(kind !== 'partner' || (draft.customers !== null && draft.customers.size > 0)) && (
          <LocationsField
            organizationIds={draft.customers ? [...draft.customers] : [id]}
            chosen={draft.locations}
            onChange={(locations) => set({ locations })}
            mistake={shown.locations}
          />
        )}
      </Stack>
      <FormProblem problem={adding.error ? problemText(adding.error) : undefined} />
      <DialogButtons>
        <Button variant="default" onClick={onCancel}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={adding.isPending}>
          {texts.submit}
        </Button>
      </DialogButtons>
    </form>
  )
}
