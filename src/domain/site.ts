import { z } from 'zod'
import { batchBounds, severities } from './batch.ts'
import { peopleSetNames } from './ingest/people-set.ts'
import { instant, line } from './text.ts'

/** A gateway polls every 5 minutes: one that was not heard of for longer than this is silent. */
export const silentAfterMinutes = 15

/** What people may set about a location or a device that a gateway reports. */
export const settable = z.enum(peopleSetNames)

const named = { id: z.string(), label: z.string(), type: z.string() }

export const treeLocation = z
  .object({
    ...named,
    parentId: z.string().optional().describe('The location that it lies in.'),
    address: z.string().optional(),
    madeBy: z.enum(['gateway', 'person']),
    set: z.array(settable).optional().describe('What people set about it, before what its gateway says.'),
  })
  .meta({ id: 'TreeLocation' })
export type TreeLocation = z.infer<typeof treeLocation>

export const treeDevice = z
  .object({
    ...named,
    parentId: z.string().optional().describe('The device that it is a part of.'),
    locationId: z.string().optional(),
    modelName: z.string().optional(),
    serialNumber: z.string().optional(),
    gatewayIds: z.array(z.string()),
  })
  .meta({ id: 'TreeDevice' })
export type TreeDevice = z.infer<typeof treeDevice>

export const inventoryTree = z
  .object({
    offset: z.int().describe("The head of the inventory's feed."),
    version: z
      .string()
      .describe(
        'Another one, another tree: also where a change is none of the feed, as that people set what a gateway says anyway.',
      ),
    locations: z.array(treeLocation),
    devices: z.array(treeDevice),
  })
  .meta({
    id: 'InventoryTree',
    description: 'All locations and devices of an organization, each with what it stands in, in no order.',
  })
export type InventoryTree = z.infer<typeof inventoryTree>

const severity = z.enum(severities)

export const siteState = z
  .object({
    alarms: z
      .object({
        active: z.array(z.object({ severity, count: z.int() })).describe('Of each severity that there is, the worst first.'),
        unacknowledged: z.int().optional().describe("For the customer's own members."),
        devices: z
          .array(z.object({ deviceId: z.string(), severity }))
          .describe('Devices with active alarms, each with the worst severity among them.'),
      })
      .optional()
      .describe('Absent where alarms are not shared.'),
    inventory: z
      .object({
        devices: z.int(),
        withoutContact: z.int().describe('Devices of which all gateways are silent, or removed.'),
        gateways: z.array(z.object({ id: z.string(), lastContactAt: instant.optional(), silent: z.boolean() })),
      })
      .optional()
      .describe('Absent where the inventory is not shared.'),
  })
  .meta({ id: 'SiteState', description: 'How the sites of an organization stand at this moment.' })
export type SiteState = z.infer<typeof siteState>

const label = line(batchBounds.labelLengthMax)
const address = line(batchBounds.addressLengthMax)
const asReported = 'null: as its gateway says.'
const orNone = `empty: none, whatever its gateway says; ${asReported}`
const none = z.literal('')
const givenId = z.string().min(1).max(200)
const within = givenId.describe("A location, or the organization's id for none.")

export const newLocation = z.object({
  label,
  type: z
    .string()
    .trim()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'is written in capitals, digits and underscores, as SITE')
    .max(batchBounds.typeLengthMax)
    .describe('SITE, BUILDING, ROOM, RACK, …'),
  parentId: within.optional().describe('The location that it lies in; left out: none.'),
  address: address.optional(),
})

/** Of people's own location, null takes the address away as emptiness does, and leaves the name. */
export const locationChange = z.object({
  label: label.nullish().describe(asReported),
  parentId: within.nullish().describe(`A location, or the organization's id for none; ${asReported}`),
  address: z.union([none, address]).nullish().describe(orNone),
})

const note = z
  .string()
  .trim()
  .min(1)
  .max(batchBounds.noteLengthMax)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds what cannot be stored')
const dayOrNone = z.union([none, z.iso.date()]).nullish().describe(orNone)

export const deviceChange = z.object({
  label: label.nullish().describe(asReported),
  locationId: within.nullish().describe(`A location, or the organization's id for none; ${asReported}`),
  deviceNote: z.union([none, note]).nullish().describe(orNone),
  warrantyExpirationDate: dayOrNone,
  lastServiceDate: dayOrNone,
  serviceDueDate: dayOrNone,
})
