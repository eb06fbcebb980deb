import { createHash } from 'node:crypto'
import { z } from 'zod'

/** The bounds of what a gateway may send at once. Lengths are in UTF-16 code units, as JSON Schema's maxLength is read here. */
export const batchBounds = {
  /** Of a request's body, after decompression. */
  bodyBytesMax: 16 * 1024 * 1024,
  /** Of each of: locations, devices, removed, sensors, alarms. */
  recordsMax: 20_000,
  refLengthMax: 200,
  typeLengthMax: 64,
  labelLengthMax: 200,
  textLengthMax: 200,
  messageLengthMax: 1000,
  addressLengthMax: 500,
  noteLengthMax: 2000,
  /** How many devices, and how many locations, may stand in one line from the top to the bottom. */
  depthMax: 10,
  /** How many bad records an answer names; a batch with more of them is refused all the same. */
  errorsMax: 100,
} as const

/** The severities of the device-data contract, section 3. A new one would break its clients. */
export const severities = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'ERROR', 'FAIL', 'INITIALIZE', 'UNKNOWN'] as const
export type Severity = (typeof severities)[number]

const storableSentence = 'holds a NUL or half of a surrogate pair, which cannot be stored: remove it'

function text(lengthMax: number) {
  return z.string().min(1).max(lengthMax).refine(isStorable, storableSentence)
}

function isStorable(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed()
}

const ref = text(batchBounds.refLengthMax).describe('Your own name for it: stable, and unique among its kind at this gateway.')
const deviceRef = text(batchBounds.refLengthMax).describe("The device's ref, as reported in this batch's inventory or before.")
const otherRef = text(batchBounds.refLengthMax).optional()
const type = text(batchBounds.typeLengthMax)
const label = text(batchBounds.labelLengthMax)
const attribute = text(batchBounds.textLengthMax).optional()
const date = z.iso.date().optional()
const removedRef = text(batchBounds.refLengthMax)
const removed = z
  .array(removedRef)
  .max(batchBounds.recordsMax)
  .optional()
  .describe('What is there no longer; only where `full` is false. One that is not known is passed over.')

const time = z.iso
  .datetime({ offset: true })
  .overwrite(inMilliseconds)
  .refine(
    (value) => value >= '1970' && value < '3000',
    'must lie between the years 1970 and 2999: check the clock of the gateway',
  )

/** A time in the form of the contract: UTC, in milliseconds. What is none stays as it is, for the checks to refuse. */
function inMilliseconds(value: string): string {
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? value : time.toISOString()
}

const locationReport = z
  .strictObject({
    ref,
    type: type.describe('An open list: SITE, BUILDING, ROOM, RACK, …'),
    label,
    parentRef: otherRef.describe('The location that it lies in.'),
    address: text(batchBounds.addressLengthMax).optional(),
  })
  .meta({ id: 'LocationReport' })

const deviceReport = z
  .strictObject({
    ref,
    type: type.describe('An open list: UPS, RPDU, PDU, BATTERY_FRAME, OUTLET_GROUP, …'),
    label,
    parentRef: otherRef.describe('The device that it is a part of.'),
    locationRef: otherRef.describe('Where it is. Not read where there is a parentRef: a part is where its whole is.'),
    serialNumber: attribute.describe('Two gateways that report one serial number report one device.'),
    modelName: attribute,
    manufacturer: attribute,
    firmwareVersion: attribute,
    ipAddress: attribute,
    macAddress: attribute,
    warrantyExpirationDate: date,
    serviceDueDate: date,
    lastServiceDate: date,
    deviceNote: text(batchBounds.noteLengthMax).optional(),
  })
  .meta({ id: 'DeviceReport' })

const sensorReport = z
  .strictObject({ ref, deviceRef, label, type, unit: text(batchBounds.typeLengthMax).optional() })
  .meta({ id: 'SensorReport' })

const alarmReport = z
  .strictObject({
    ref: ref.describe(
      'The same each time that this alarm of this device becomes active: that is how its reactivations are counted.',
    ),
    deviceRef,
    label,
    message: text(batchBounds.messageLengthMax),
    severity: z.enum(severities),
    activatedTime: time,
    clearedTime: time.optional().describe('When it was over; left out while it is active.'),
  })
  .meta({ id: 'AlarmReport', description: 'The present state of one alarm.' })

function records<Shape extends z.ZodType>(shape: Shape) {
  return z.array(shape).max(batchBounds.recordsMax)
}

const full = z
  .boolean()
  .describe(
    'True: this is all that this gateway has. What it reported before and does not name now is gone, unless another gateway or a person has it too.',
  )

export const batchIdSchema = z
  .string('must be given')
  .regex(/^[A-Za-z0-9._:-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, underscores, colons and hyphens')

/** What a gateway sends at once: stored whole or not at all. */
export const batchSchema = z
  .strictObject({
    batchId: batchIdSchema.describe('New for each batch, and the same each time that this batch is sent.'),
    inventory: z.strictObject({ full, locations: records(locationReport), devices: records(deviceReport), removed }).optional(),
    sensors: z.strictObject({ full, sensors: records(sensorReport), removed }).optional(),
    alarms: records(alarmReport).optional(),
  })
  .meta({ id: 'Batch' })

/** What each list of a batch holds, by the place of the list. */
export const recordSchemas: readonly (readonly [part: string | null, list: string, record: z.ZodType])[] = [
  ['inventory', 'locations', locationReport],
  ['inventory', 'devices', deviceReport],
  ['inventory', 'removed', removedRef],
  ['sensors', 'sensors', sensorReport],
  ['sensors', 'removed', removedRef],
  [null, 'alarms', alarmReport],
]

export type Batch = z.output<typeof batchSchema>
export type LocationReport = z.output<typeof locationReport>
export type DeviceReport = z.output<typeof deviceReport>
export type SensorReport = z.output<typeof sensorReport>
export type AlarmReport = z.output<typeof alarmReport>
export type InventoryReport = NonNullable<Batch['inventory']>
export type SensorsReport = NonNullable<Batch['sensors']>

/**
 * SHA-256 of a checked batch's content: equal for two batches that say the same, however their JSON is spaced or ordered, since
 * a checked batch has its properties in the schema's order.
 */
export function batchDigest(batch: Batch): Buffer {
  return createHash('sha256').update(JSON.stringify(batch)).digest()
}
