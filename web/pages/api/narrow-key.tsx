import { Button, Checkbox, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Key, problemText } from '../../client.ts'
import { keysQuery } from '../../keys.ts'
import { networksTexts, narrowKeyTexts as texts } from '../../texts/key-changes.ts'
import { generateKeyTexts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { CustomerPicker } from './customer-picker.tsx'
import { type Expiry, ExpiryFields, earlierChoices, expiresAtOf, expiryMistake } from './expiry.tsx'
import { NetworksField, networksMistake, networksOf } from './networks-field.tsx'

/** Takes rights from a key: customers, networks, time. */
export function NarrowKey({ narrowed: key, onClose }: { narrowed: Key; onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={texts.title(key.name)} closeText={portalTexts.close} size="36rem">
      <NarrowForm narrowed={key} onClose={onClose} />
    </Dialog>
  )
}

function NarrowForm({ narrowed: key, onClose }: { narrowed: Key; onClose: () => void }) {
  const present = (key.networks ?? []).join('\n')
  const [checked, setChecked] = useState(false)
  const [onlySome, setOnlySome] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [expiry, setExpiry] = useState<Expiry>({ choice: 'keep', date: '' })
  const [networks, setNetworks] = useState(present)
  const narrowing = useNarrowing(key, onClose)

  const expiresAt = expiresAtOf(expiry)
  const wanted = {
    ...(onlySome && { kind: 'specific' as const, organizationIds: [...chosen] }),
    ...(expiresAt && { expiresAt }),
    ...(networks.trim() !== present && { networks: networksOf(networks).length > 0 ? networksOf(networks) : null }),
  }
  const isNothing = Object.keys(wanted).length === 0
  const choiceMistake = onlySome && chosen.size === 0 ? generateKeyTexts.noneChosen : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!isNothing && !choiceMistake && !networksMistake(networks) && !expiryMistake(expiry)) {
      narrowing.mutate(wanted)
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <p>{texts.lead}</p>
        {key.kind === 'all' && (
          <Checkbox
            label={texts.some}
            description={texts.someHint}
            checked={onlySome}
            onChange={(event) => setOnlySome(event.currentTarget.checked)}
          />
        )}
        {onlySome && <CustomerPicker chosen={chosen} onChange={setChosen} mistake={checked ? choiceMistake : undefined} />}
        <ExpiryFields expiry={expiry} onChange={setExpiry} checked={checked} choices={earlierChoices(key.expiresAt)} />
        <NetworksField
          value={networks}
          onChange={setNetworks}
          hint={key.networks ? networksTexts.narrowHint : networksTexts.hint}
          mistake={checked ? networksMistake(networks) : undefined}
        />
      </Stack>
      <FormProblem problem={narrowing.error ? problemText(narrowing.error) : undefined} />
      {checked && isNothing && <p role="alert">{texts.nothing}</p>}
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={narrowing.isPending}>
          {texts.submit}
        </Button>
      </DialogButtons>
    </form>
  )
}

interface Narrowing {
  kind?: 'specific'
  organizationIds?: string[]
  expiresAt?: string
  networks?: string[] | null
}

function useNarrowing({ id }: Key, onDone: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Narrowing) => answer(api.PATCH('/api/v1/keys/{keyId}', { params: { path: { keyId: id } }, body })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
      onDone()
      notifyDone(texts.done)
    },
  })
}
