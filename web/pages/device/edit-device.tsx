import { Button, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { answer, api, type DeviceDetails, problemText } from '../../client.ts'
import { deviceQuery } from '../../devices.ts'
import { inventoryChanged, inventoryQuery } from '../../inventory.ts'
import { editDeviceTexts as texts } from '../../texts/inventory.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
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
  const { data: inventory } = useQuery(inventoryQuery(organizationId))
  const places = useMemo(() => (inventory ? placesOf(treeOf({ ...inventory, devices: [] })) : []), [inventory])
  const queryClient = useQueryClient()
  const { device, ancestors } = details
  const isPart = ancestors.some(({ kind }) => kind === 'Device')
  const give = (change: Partial<Given>) => setGiven({ ...given, ...change })
  const saving = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/organizations/{organizationId}/devices/{deviceId}', {
          params: { path: { organizationId, deviceId: device.id } },
          body: changesOf(initial, given),
        }),
      ),
    onSuccess: async () => {
      await inventoryChanged(queryClient, organizationId)
      onClose()
      notifyDone(texts.saved(given.label.trim() || device.label))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Dialog opened onClose={onClose} title={texts.title(device.label)} closeText={portalTexts.close}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{texts.lead}</Text>
          <TextInput
            label={texts.name}
            value={given.label}
            maxLength={200}
            onChange={(event) => give({ label: event.currentTarget.value })}
            data-autofocus
          />
          <NativeSelect
            label={texts.location}
            description={isPart && texts.partHint}
            disabled={isPart}
            data={[{ value: '', label: texts.asReported }, { value: organizationId, label: texts.nowhere }, ...places]}
            value={given.locationId}
            onChange={(event) => give({ locationId: event.currentTarget.value })}
          />
          <Textarea
            label={texts.note}
            value={given.deviceNote}
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => give({ deviceNote: event.currentTarget.value })}
          />
          {days.map(([name, label]) => (
            <TextInput
              key={name}
              type="date"
              label={label}
              value={given[name]}
              onChange={(event) => give({ [name]: event.currentTarget.value })}
            />
          ))}
        </Stack>
        <FormProblem problem={saving.error ? problemText(saving.error) : undefined} />
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {portalTexts.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {portalTexts.save}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

/** What is another now; what is empty is taken back. */
function changesOf(initial: Given, given: Given): Partial<Record<keyof Given, string | null>> {
  const names = Object.keys(initial) as (keyof Given)[]
  return Object.fromEntries(
    names.filter((name) => given[name].trim() !== initial[name]).map((name) => [name, given[name].trim() || null]),
  )
}
