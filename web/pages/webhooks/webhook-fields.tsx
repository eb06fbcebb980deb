import { Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useSession } from '../../session.ts'
import { severityTexts } from '../../texts/alarms.ts'
import { signInTexts } from '../../texts/sign-in.ts'
import { addWebhookTexts as texts, webhookWarnings as warnings } from '../../texts/webhooks.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { addressHint } from './address-hint.ts'
import { alarmKinds, type Kind, kindName, kindsFor, type Severity, severities } from './kinds.ts'
import { CustomersField, LocationsField } from './scope-fields.tsx'
import { type Draft, type Format, isSigned, type Mistakes, narrowed } from './webhook-draft.ts'

interface WebhookFieldsProps {
  draft: Draft
  onChange: (draft: Draft) => void
  mistakes: Mistakes
  /** Of a webhook that there is: how it tells is what it was made with. */
  made?: boolean
}

/** What a webhook tells, where and how. */
export function WebhookFields({ draft, onChange, mistakes, made = false }: WebhookFieldsProps) {
  const { kind } = useSession().company
  const hint = addressHint(draft.url.trim())
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change })
  const offered = isSigned(draft.format) ? kindsFor(kind) : alarmKinds
  return (
    <Stack gap="sm">
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={mistakes.name}
        data-autofocus
      />
      <TextInput
        type="url"
        label={texts.url}
        description={
          hint ? (
            <Text span inherit c="var(--mantine-color-error)">
              {warnings[hint]}
            </Text>
          ) : (
            texts.urlHint
          )
        }
        value={draft.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
        error={mistakes.url}
      />
      {!made && <FormatFields draft={draft} set={set} mistakes={mistakes} />}
      <Checkbox.Group
        label={texts.kinds}
        value={[...draft.kinds]}
        onChange={(kinds) => set({ kinds: kinds as Kind[] })}
        error={mistakes.kinds}
      >
        <Stack gap="xs" mt="xs">
          {offered.map((one, place) => (
            <Checkbox key={one} data-mistake={place === 0 ? mistakes.kinds : undefined} value={one} label={kindName(one, kind)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <FilterFields draft={draft} set={set} mistakes={mistakes} />
    </Stack>
  )
}

/** What narrows the kinds that are chosen. */
function FilterFields({ draft, set, mistakes }: FormatFieldsProps) {
  const { id, kind } = useSession().company
  const by = narrowed(draft.kinds)
  const isPlaced = kind !== 'partner' || (draft.customers !== null && draft.customers.size > 0)
  return (
    <>
      {by.severities && (
        <Checkbox.Group
          label={texts.severities}
          description={texts.anySeverity}
          value={[...draft.severities]}
          onChange={(chosen) => set({ severities: chosen as Severity[] })}
        >
          <Group gap="md" mt="xs">
            {severities.map((one) => (
              <Checkbox key={one} value={one} label={severityTexts[one]} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      {by.customers && kind === 'partner' && (
        <CustomersField
          chosen={draft.customers}
          // Locations are those of the chosen customers.
          onChange={(customers) => set({ customers, locations: null })}
          mistake={mistakes.customers}
        />
      )}
      {by.locations && isPlaced && (
        <LocationsField
          organizationIds={draft.customers ? [...draft.customers] : [id]}
          chosen={draft.locations}
          onChange={(locations) => set({ locations })}
          mistake={mistakes.locations}
        />
      )}
    </>
  )
}

interface FormatFieldsProps extends Pick<WebhookFieldsProps, 'draft' | 'mistakes'> {
  set: (change: Partial<Draft>) => void
}

function FormatFields({ draft, set, mistakes }: FormatFieldsProps) {
  return (
    <>
      <NativeSelect
        label={texts.format}
        description={texts.formatHint}
        data={Object.entries(texts.formats).map(([value, label]) => ({ value, label }))}
        value={draft.format}
        onChange={(event) => {
          const format = event.currentTarget.value as Format
          set({ format, kinds: isSigned(format) ? draft.kinds : alarmKinds })
        }}
      />
      {!isSigned(draft.format) && <CredentialFields draft={draft} set={set} mistakes={mistakes} />}
    </>
  )
}

/** What the receiver of alarms wants in Authorization. */
export function CredentialFields({ draft, set, mistakes }: FormatFieldsProps) {
  return (
    <>
      {draft.format === 'basic' && (
        <TextInput
          label={texts.username}
          autoComplete="off"
          value={draft.username}
          onChange={(event) => set({ username: event.currentTarget.value })}
        />
      )}
      <PasswordField
        label={draft.format === 'basic' ? texts.password : texts.token}
        showText={signInTexts.showPassword}
        autoComplete="off"
        value={draft.credential}
        onChange={(event) => set({ credential: event.currentTarget.value })}
        error={mistakes.credential}
      />
    </>
  )
}
