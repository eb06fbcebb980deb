import { NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { answer, api, type TreeLocation } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { inventoryChanged } from '../../inventory.ts'
import { locationTexts as texts } from '../../texts/inventory.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { AsReported } from './as-reported.tsx'
import { placesOf, type Tree } from './tree-model.ts'

interface Given {
  label: string
  parentId: string
  address: string
}

const takeable = ['label', 'address'] as const
type Takeable = (typeof takeable)[number]

/** The dialog that makes a location of people's own. */
export function NewLocation({ organizationId, tree, onClose }: { organizationId: string; tree: Tree; onClose: () => void }) {
  const [type, setType] = useState('SITE')
  return (
    <LocationDialog
      organizationId={organizationId}
      title={texts.addTitle}
      submit={texts.add}
      done={texts.added}
      places={[{ value: organizationId, label: texts.top }, ...placesOf(tree)]}
      initial={{ label: '', parentId: organizationId, address: '' }}
      onClose={onClose}
      save={({ label, parentId, address }) =>
        answer(
          api.POST('/api/v1/organizations/{organizationId}/locations', {
            params: { path: { organizationId } },
            body: { label, type, parentId, ...(address && { address }) },
          }),
        )
      }
    >
      <NativeSelect
        label={texts.type}
        data={Object.entries(texts.types).map(([value, label]) => ({ value, label }))}
        value={type}
        onChange={(event) => setType(event.currentTarget.value)}
      />
    </LocationDialog>
  )
}

interface EditLocationProps {
  organizationId: string
  tree: Tree
  location: TreeLocation
  onClose: () => void
}

/** The dialog that renames and moves a location. What people set about one that a gateway reports can be taken back. */
export function EditLocation({ organizationId, tree, location, onClose }: EditLocationProps) {
  const isReported = location.madeBy === 'gateway'
  const initial = {
    label: location.label,
    parentId: isReported && !location.set?.includes('parentId') ? '' : (location.parentId ?? organizationId),
    address: location.address ?? '',
  }
  const changed = (given: Given, taken: readonly Takeable[]) => ({
    ...(given.label !== initial.label && { label: given.label }),
    ...(given.parentId !== initial.parentId && { parentId: given.parentId || null }),
    ...(given.address !== initial.address && { address: given.address }),
    ...Object.fromEntries(taken.map((name) => [name, null])),
  })
  return (
    <LocationDialog
      organizationId={organizationId}
      title={texts.editTitle(location.label)}
      lead={isReported ? texts.reportedHint : undefined}
      submit={portalTexts.save}
      done={texts.changed}
      places={[
        ...(isReported ? [{ value: '', label: texts.asReported }] : []),
        { value: organizationId, label: texts.top },
        ...placesOf(tree, location.id),
      ]}
      initial={initial}
      set={isReported ? takeable.filter((name) => location.set?.includes(name)) : []}
      onClose={onClose}
      save={(given, taken) =>
        answer(
          api.PATCH('/api/v1/organizations/{organizationId}/locations/{locationId}', {
            params: { path: { organizationId, locationId: location.id } },
            body: changed(given, taken),
          }),
        )
      }
    />
  )
}

interface LocationDialogProps {
  organizationId: string
  title: string
  lead?: string | undefined
  submit: string
  done: (label: string) => string
  places: { value: string; label: string }[]
  initial: Given
  /** What people set, and may take back. */
  set?: readonly Takeable[]
  save: (given: Given, taken: readonly Takeable[]) => Promise<unknown>
  onClose: () => void
  children?: ReactNode
}

function LocationDialog(props: LocationDialogProps) {
  const { organizationId, title, lead, submit, done, places, initial, set = [], save, onClose, children } = props
  const [given, setGiven] = useState(initial)
  const [taken, setTaken] = useState<readonly Takeable[]>([])
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const label = given.label.trim()
  const saving = useMutation({
    mutationFn: () => save({ ...given, label, address: given.address.trim() }, taken),
    onSuccess: async () => {
      await inventoryChanged(queryClient, organizationId)
      onClose()
      notifyDone(done(label || initial.label))
    },
  })
  const mistake = label || taken.includes('label') ? undefined : texts.nameMissing
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) saving.mutate()
  }
  const reported = (name: Takeable, label: string) => ({
    label,
    isSet: set.includes(name),
    taken: taken.includes(name),
    onTake: (take: boolean) => setTaken(take ? [...taken, name] : taken.filter((other) => other !== name)),
  })
  return (
    <Dialog opened onClose={onClose} title={title} closeText={portalTexts.close}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          {lead && <Text size="sm">{lead}</Text>}
          <AsReported {...reported('label', texts.name)}>
            <TextInput
              label={texts.name}
              value={given.label}
              disabled={taken.includes('label')}
              maxLength={200}
              onChange={(event) => setGiven({ ...given, label: event.currentTarget.value })}
              error={checked && mistake}
              data-autofocus
            />
          </AsReported>
          {children}
          <NativeSelect
            label={texts.within}
            data={places}
            value={given.parentId}
            onChange={(event) => setGiven({ ...given, parentId: event.currentTarget.value })}
          />
          <AsReported {...reported('address', texts.address)}>
            <TextInput
              label={texts.address}
              value={given.address}
              disabled={taken.includes('address')}
              maxLength={500}
              onChange={(event) => setGiven({ ...given, address: event.currentTarget.value })}
            />
          </AsReported>
        </Stack>
        <FormFoot sent={saving} submit={submit} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
