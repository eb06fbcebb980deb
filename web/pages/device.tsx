import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { type DeviceDetails, problemText } from '../client.ts'
import { deviceQuery, isNotThere } from '../devices.ts'
import { useMayEdit, useSession } from '../session.ts'
import { deviceTexts as texts, typeText } from '../texts/devices.ts'
import { editDeviceTexts } from '../texts/inventory.ts'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { Day } from '../ui/time.tsx'
import { DeviceAlarms } from './device/device-alarms.tsx'
import { DeviceLink, DevicesLink } from './device/device-link.tsx'
import { DeviceSensors } from './device/device-sensors.tsx'
import styles from './device.module.css'
import { NotSeen } from './not-seen.tsx'

const EditDevice = lazy(async () => ({ default: (await import('./device/edit-device.tsx')).EditDevice }))

/** One device: its facts, its alarms, its sensors as they measure, its parts. */
export function DevicePage() {
  const { company } = useSession()
  const { organizationId = company.id, deviceId = '' } = useParams({ strict: false })
  const details = useQuery(deviceQuery(organizationId, deviceId))
  const mayEdit = useMayEdit(organizationId)
  const [editing, { open, close }] = useDisclosure(false)
  if (isNotThere(details.error)) {
    return <NotSeen error={details.error} customerId={organizationId === company.id ? undefined : organizationId} />
  }
  return (
    <Page title={details.data?.device.label ?? texts.title} up={<DevicesLink>{texts.up}</DevicesLink>}>
      <Loaded query={details} problemText={problemText}>
        {(data) => (
          <>
            <Section title={texts.about} framed action={mayEdit && <EditButton onClick={open} label={data.device.label} />}>
              <DeviceFacts details={data} />
            </Section>
            <DeviceAlarms organizationId={organizationId} deviceId={data.device.id} />
            <DeviceSensors key={data.device.id} organizationId={organizationId} deviceId={data.device.id} />
            {data.parts.length > 0 && (
              <Section title={texts.parts}>
                <ul className={styles.parts}>
                  {data.parts.map(({ id, label, type }) => (
                    <li key={id}>
                      <DeviceLink deviceId={id}>{label}</DeviceLink> <span className={styles.type}>{typeText(type)}</span>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </>
        )}
      </Loaded>
      <Suspense>{editing && <EditDevice organizationId={organizationId} deviceId={deviceId} onClose={close} />}</Suspense>
    </Page>
  )
}

function EditButton({ onClick, label }: { onClick: () => void; label: string }) {
  return (
    <Button variant="default" size="xs" onClick={onClick} aria-label={editDeviceTexts.title(label)}>
      {editDeviceTexts.edit}
    </Button>
  )
}

function DeviceFacts({ details: { device, ancestors } }: { details: DeviceDetails }) {
  const places = ancestors.filter(({ kind }) => kind === 'Location').map(({ label }) => label)
  const wholes = ancestors.filter(({ kind }) => kind === 'Device')
  const day = (date: string | undefined) => date && <Day at={date} />
  return (
    <Facts
      facts={{
        [texts.facts.type]: typeText(device.type),
        [texts.facts.location]: places.length > 0 ? places.reverse().join(' › ') : undefined,
        [texts.facts.partOf]: wholes[0] && <DeviceLink deviceId={wholes[0].id}>{wholes[0].label}</DeviceLink>,
        [texts.facts.manufacturer]: device.manufacturer,
        [texts.facts.model]: device.modelName,
        [texts.facts.serial]: device.serialNumber,
        [texts.facts.firmware]: device.firmwareVersion,
        [texts.facts.address]: device.ipAddress,
        [texts.facts.mac]: device.macAddress,
        [texts.facts.warranty]: day(device.warrantyExpirationDate),
        [texts.facts.lastService]: day(device.lastServiceDate),
        [texts.facts.serviceDue]: day(device.serviceDueDate),
        [texts.facts.note]: device.deviceNote,
      }}
    />
  )
}
