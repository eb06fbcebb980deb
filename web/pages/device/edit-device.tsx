import { NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { answer, api, type DeviceDetails } from '../../client.ts'
import { deviceQuery } from '../../devices.ts'
import { FormFoot } from '../../form-foot.tsx'
import { inventoryChanged, inventoryQuery } from '../../inventory.ts'
import { editDeviceTexts as texts } from '../../texts/inventory.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { AsReported } from '../inventory/as-reported.tsx'
import { placesOf, treeOf } from '../inventory/tree-model.ts'

/** The dialog in which people name and place a device, note something about it and set its dates. */
export function EditDevice(props: { organizationId: string; deviceId: string; onClose: () => void }) {
  const { organizationId, deviceId, onClose } = props
  const details = useQuery(deviceQuery(organizationId, deviceId))
  return details.data && <EditDeviceDialog organizationId={organizationId} details={details.data} onClose={onClose} />
}

interface Given {
  label: string
  locationId: string
  deviceNote: string
  warrantyExpirationDate: string
  lastServiceDate: string
  serviceDueDate: string
}

const days = [
  ['warrantyExpirationDate', texts.warranty],
  ['lastServiceDate', texts.lastService],
  ['serviceDueDate', texts.serviceDue],
] as const

function givenBy({ device, ancestors, set }: DeviceDetails, organizationId: string): Given {
  const location = ancestors.find(({ kind }) => kind === 'Location')
  return {
    label: device.label,
    locationId: set.includes('locationId') ? (location?.id ?? organizationId) : '',
    deviceNote: device.deviceNote ?? '',
    warrantyExpirationDate: device.warrantyExpirationDate ?? '',
    lastServiceDate: device.lastServiceDate ?? '',
    serviceDueDate: device.serviceDueDate ?? '',
  }
}

interface EditDeviceDialogProps {
  organizationId: string
  details: DeviceDetails
  onClose: () => void
}

function EditDeviceDialog({ organizationId, details, onClose }: EditDeviceDialogProps) {
  const [initial] = useState(() => givenBy(details, organizationId))
  const [given, setGiven] = useState(initial)
  const [taken, setTaken] = useState<readonly (keyof Given)[]>([])
  const [checked, setChecked] = useState(false)
  const { data: inventory } = useQuery(inventoryQuery(organizationId))
  const places = useMemo(() => (inventory ? placesOf(treeOf({ ...inventory, devices: [] })) : []), [inventory])
  const queryClient = useQueryClient()
  const { device, ancestors, set } = details
  const isPart = ancestors.some(({ kind }) => kind === 'Device')
  const give = (change: Partial<Given>) => setGiven({ ...given, ...change })
  const saving = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/organizations/{organizationId}/devices/{deviceId}', {
          params: { path: { organizationId, deviceId: device.id } },
          body: changesOf(initial, given, taken),
        }),
      ),
    onSuccess: async () => {
      await inventoryChanged(queryClient, organizationId)
      onClose()
      notifyDone(texts.saved(given.label.trim() || device.label))
    },
  })
  const mistake = given.label.trim() || taken.includes('label') ? undefined : texts.nameMissing
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) saving.mutate()
  }
  const reported = (name: keyof Given, label: string) => ({
    label,
    isSet: set.includes(name),
    taken: taken.includes(name),
    onTake: (take: boolean) => setTaken(take ? [...taken, name] : taken.filter((other) => other !== name)),
  })
  return (
    <Dialog opened onClose={onClose} title={texts.title(device.label)} closeText={portalTexts.close}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{texts.lead}</Text>
          <AsReported {...reported('label', texts.name)}>
            <TextInput
              label={texts.name}
              value={given.label}
              disabled={taken.includes('label')}
              maxLength={200}
              onChange={(event) => give({ label: event.currentTarget.value })}
              error={checked && mistake}
              data-autofocus
            />
          </AsReported>
          <NativeSelect
            label={texts.location}
            description={isPart && texts.partHint}
            disabled={isPart}
            data={[{ value: '', label: texts.asReported }, { value: organizationId, label: texts.nowhere }, ...places]}
            value={given.locationId}
            onChange={(event) => give({ locationId: event.currentTarget.value })}
          />
          <AsReported {...reported('deviceNote', texts.note)}>
            <Textarea
              label={texts.note}
              value={given.deviceNote}
              disabled={taken.includes('deviceNote')}
              maxLength={2000}
              autosize
              minRows={2}
              onChange={(event) => give({ deviceNote: event.currentTarget.value })}
            />
          </AsReported>
          {days.map(([name, label]) => (
            <AsReported key={name} {...reported(name, label)}>
              <TextInput
                type="date"
                label={label}
                value={given[name]}
                disabled={taken.includes(name)}
                onChange={(event) => give({ [name]: event.currentTarget.value })}
              />
            </AsReported>
          ))}
        </Stack>
        <FormFoot sent={saving} submit={portalTexts.save} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

/** What is another now. Null: taken back, as a location is where none is chosen; empty: there is none. */
function changesOf(initial: Given, given: Given, taken: readonly (keyof Given)[]): Partial<Record<keyof Given, string | null>> {
  const isTaken = (name: keyof Given) => taken.includes(name) || (name === 'locationId' && given.locationId === '')
  const names = Object.keys(initial) as (keyof Given)[]
  return Object.fromEntries(
    names
      .filter((name) => taken.includes(name) || given[name].trim() !== initial[name].trim())
      .map((name) => [name, isTaken(name) ? null : given[name].trim()]),
  )
}
