import { z } from 'zod'
import { instant } from './text.ts'
import { alarmKinds, coverageKinds, gatewayKinds, severities, testKind } from './webhook.ts'

/** A schema of the device-data API (openapi/device-data.yaml), by its name there. */
const ofDeviceData = (name: DeviceDataSchema) => z.unknown().meta({ $ref: `#/components/schemas/${name}` })

/** Those that messages name, or that these name. */
export const deviceDataSchemas = ['Alarm', 'Device', 'InventoryObject', 'OrganizationChange'] as const
type DeviceDataSchema = (typeof deviceDataSchemas)[number]

const previousOffset = z
  .int()
  .optional()
  .describe(
    'Of the event before it that should have arrived. Left out where there is none since the webhook, or coverage, began.',
  )
const inFeed = { organizationId: z.string(), offset: z.int().describe('Of the feed, which has the same.'), previousOffset }

function message<Data extends z.ZodType>(id: string, types: readonly [string, ...string[]], data: Data, description: string) {
  const timestamp = instant.describe('When what it tells of was accepted.')
  return z.object({ type: z.enum(types), timestamp, data }).meta({ id, description })
}

/** What is sent in the format standard, by the kinds that it is sent for. */
export const standardMessages = [
  message(
    'AlarmMessage',
    alarmKinds,
    z.object({ ...inFeed, alarm: ofDeviceData('Alarm') }),
    'An alarm, as the feed alarm-changes has it.',
  ),
  message(
    'DeviceChangedMessage',
    ['device.changed'],
    z.object({ ...inFeed, device: ofDeviceData('Device') }),
    'A device, as the feed inventory-changes has it.',
  ),
  message('DeviceRemovedMessage', ['device.removed'], z.object({ ...inFeed, deviceId: z.string() }), 'A device is gone.'),
  message(
    'CoverageMessage',
    coverageKinds,
    z.intersection(ofDeviceData('OrganizationChange'), z.object({ offset: inFeed.offset, previousOffset })),
    'What became of coverage, as the feed organization-changes has it.',
  ),
  message(
    'GatewayMessage',
    gatewayKinds,
    z.object({ organizationId: z.string(), gatewayId: z.string(), lastContactTime: instant }),
    'A gateway fell silent, or is heard again.',
  ),
  message(
    'KeyExpiringMessage',
    ['key.expiring'],
    z.object({ keyId: z.string(), name: z.string(), expiresAt: instant }),
    'A key of the company is about to end.',
  ),
  message('TestMessage', [testKind], z.object({}), 'Sent where somebody asks for a test. It tells nothing.'),
]

const named = { id: z.string(), label: z.string() }

/** What is sent in the format alarms (contract, section 6). */
export const alarmsMessage = z
  .array(
    z.object({
      id: z.string(),
      current_severity_peak: z.enum(severities).describe('The worst that it was since it became active.'),
      organization_details: z.object({ id: z.string(), name: z.string() }),
      device_details: z
        .object({
          id: z.string(),
          label: z.string().nullable(),
          model: z.string().nullable(),
          device_type: z.string().nullable(),
          ip4_addresses: z.array(z.string()),
          ip6_addresses: z.array(z.string()),
          mac_addresses: z.array(z.string()),
        })
        .describe('Its id alone where the inventory is not shared.'),
      location_details: z.object({ location_ancestors: z.array(z.object(named)).describe('Nearest first.') }),
      activation_details: z.object({ activated_at: instant, label: z.string(), message: z.string() }),
      updated_details: z.object({ label: z.string(), message: z.string(), current_severity: z.enum(severities) }).nullable(),
      cleared_details: z.object({ cleared_at: instant, label: z.string(), message: z.string() }).nullable(),
    }),
  )
  .meta({ id: 'AlarmsMessage', description: 'One alarm, in a list: it was cleared, else updated, else activated.' })
