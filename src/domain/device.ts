import { z } from 'zod'
import { settable } from './site.ts'
import { instant } from './text.ts'

const named = { id: z.string(), label: z.string() }
const day = z.iso.date()

export const place = z
  .object({ id: z.string(), path: z.array(z.string()).min(1).describe('Labels, from the site down to the location itself.') })
  .meta({ id: 'Place', description: 'A location, and where it is.' })
export type Place = z.infer<typeof place>

export const listedDevice = z
  .object({ ...named, type: z.string(), modelName: z.string().optional(), location: place.optional() })
  .meta({ id: 'ListedDevice', description: 'A device in a list.' })
export type ListedDevice = z.infer<typeof listedDevice>

export const deviceFacts = z
  .object({
    ...named,
    type: z.string(),
    manufacturer: z.string().optional(),
    modelName: z.string().optional(),
    serialNumber: z.string().optional(),
    firmwareVersion: z.string().optional(),
    ipAddress: z.string().optional(),
    macAddress: z.string().optional(),
    warrantyExpirationDate: day.optional(),
    lastServiceDate: day.optional(),
    serviceDueDate: day.optional(),
    deviceNote: z.string().optional(),
  })
  .meta({ id: 'DeviceFacts' })

export const deviceDetails = z
  .object({
    device: deviceFacts,
    ancestors: z
      .array(z.object({ ...named, kind: z.enum(['Organization', 'Location', 'Device']), type: z.string().optional() }))
      .describe('Nearest first: devices that it is a part of, then locations upward, the organization last.'),
    parts: z.array(z.object({ ...named, type: z.string() })).describe('Devices that are parts of it.'),
    set: z.array(settable).describe('What people set about it, before what its gateways say.'),
  })
  .meta({ id: 'DeviceDetails' })
export type DeviceDetails = z.infer<typeof deviceDetails>

export const latestValue = z
  .object({ time: instant, numericValue: z.number().optional(), stringValue: z.string().optional() })
  .meta({ id: 'LatestValue', description: 'With one of both values. The time is when it was measured.' })
export type LatestValue = z.infer<typeof latestValue>

export const measuredSensor = z
  .object({ ...named, type: z.string(), unit: z.string().optional(), latest: latestValue.optional() })
  .meta({ id: 'MeasuredSensor', description: 'A sensor with its latest value; without where nothing was measured for 90 days.' })
export type MeasuredSensor = z.infer<typeof measuredSensor>

export const listedSensor = measuredSensor
  .extend({
    deviceId: z.string(),
    device: z
      .object({ label: z.string(), type: z.string(), path: z.array(z.string()).describe('Where it is, from the site down.') })
      .optional()
      .describe('Absent where the inventory is not shared, or the device is not there any more.'),
  })
  .meta({ id: 'ListedSensor', description: 'A sensor in a list of all.' })

export const historyPoint = z
  .object({
    time: instant.describe('When it begins.'),
    count: z.int().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    mean: z.number().optional(),
    last: z.number().optional(),
    lastText: z.string().optional(),
  })
  .meta({
    id: 'HistoryPoint',
    description: 'What was measured from its time on: of numbers all five properties, of texts the last.',
  })
export type HistoryPoint = z.infer<typeof historyPoint>
