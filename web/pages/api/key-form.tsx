import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Key } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { keysQuery } from '../../keys.ts'
import { useSession } from '../../session.ts'
import { keyKindTexts, generateKeyTexts as texts } from '../../texts/keys.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { CustomerPicker } from './customer-picker.tsx'
import { type Expiry, ExpiryFields, expiresAtOf, expiryMistake } from './expiry.tsx'
import { NetworksField, networksMistake, networksOf } from './networks-field.tsx'

const NAME_LENGTH_MAX = 100
const partnerKinds = ['demo', 'all', 'specific'] as const

/** The settings of a new key. */
export function KeyForm({ onCancel, onGenerated }: { onCancel: () => void; onGenerated: (secret: string) => void }) {
  const isPartner = useSession().company.kind === 'partner'
  const [checked, setChecked] = useState(false)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Key['kind']>(isPartner ? 'demo' : 'own')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [expiry, setExpiry] = useState<Expiry>({ choice: 'never', date: '' })
  const [networks, setNetworks] = useState('')
  const generation = useGeneration(onGenerated)

  const nameMistake = !name.trim() ? texts.nameMissing : name.trim().length > NAME_LENGTH_MAX ? texts.nameLong : undefined
  const choiceMistake = kind === 'specific' && chosen.size === 0 ? texts.noneChosen : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!nameMistake && !choiceMistake && !expiryMistake(expiry) && !networksMistake(networks)) {
      const expiresAt = expiresAtOf(expiry)
      generation.mutate({
        name: name.trim(),
        kind,
        ...(kind === 'specific' && { organizationIds: [...chosen] }),
        ...(expiresAt && { expiresAt }),
        ...(networksOf(networks).length > 0 && { networks: networksOf(networks) }),
      })
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={checked && nameMistake}
          data-autofocus
        />
        {isPartner ? (
          <Radio.Group label={texts.kind} value={kind} onChange={(value) => setKind(value as Key['kind'])}>
            <Stack gap="sm" mt="xs">
              {partnerKinds.map((value) => (
                <Radio key={value} value={value} label={keyKindTexts[value].word} description={keyKindTexts[value].sentence} />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <Checkbox
            label={texts.demo}
            description={texts.demoHint}
            checked={kind === 'demo'}
            onChange={(event) => setKind(event.currentTarget.checked ? 'demo' : 'own')}
          />
        )}
        {kind === 'specific' && (
          <CustomerPicker chosen={chosen} onChange={setChosen} mistake={checked ? choiceMistake : undefined} />
        )}
        <ExpiryFields expiry={expiry} onChange={setExpiry} checked={checked} />
        <NetworksField value={networks} onChange={setNetworks} mistake={checked ? networksMistake(networks) : undefined} />
      </Stack>
      <FormFoot sent={generation} submit={texts.submit} onCancel={onCancel} />
    </form>
  )
}

interface NewKey {
  name: string
  kind: Key['kind']
  organizationIds?: string[]
  expiresAt?: string
  networks?: string[]
}

function useGeneration(onGenerated: (secret: string) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: NewKey) => answer(api.POST('/api/v1/keys', { body })),
    onSuccess: async ({ secret }) => {
      onGenerated(secret)
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
    },
    // The secret must not outlive the dialog in the cache of mutations.
    gcTime: 0,
  })
}
