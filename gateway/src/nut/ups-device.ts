import type { DeviceReport, SensorReport } from '../batch.ts'
import type { UpsReading } from './read-upsd.ts'

/** Variables of NUT (its developer guide, "NUT command and variable naming scheme") that are measured, as sensors. */
const sensorVariables: Record<string, Omit<SensorReport, 'ref' | 'deviceRef'>> = {
  'battery.charge': { label: 'Battery charge', type: 'BATTERY_CHARGE', unit: '%' },
  'battery.runtime': { label: 'Battery runtime', type: 'BATTERY_RUNTIME', unit: 's' },
  'battery.voltage': { label: 'Battery voltage', type: 'VOLTAGE', unit: 'V' },
  'battery.current': { label: 'Battery current', type: 'CURRENT', unit: 'A' },
  'battery.temperature': { label: 'Battery temperature', type: 'TEMPERATURE', unit: '°C' },
  'input.voltage': { label: 'Input voltage', type: 'VOLTAGE', unit: 'V' },
  'input.current': { label: 'Input current', type: 'CURRENT', unit: 'A' },
  'input.frequency': { label: 'Input frequency', type: 'FREQUENCY', unit: 'Hz' },
  'output.voltage': { label: 'Output voltage', type: 'VOLTAGE', unit: 'V' },
  'output.current': { label: 'Output current', type: 'CURRENT', unit: 'A' },
  'output.frequency': { label: 'Output frequency', type: 'FREQUENCY', unit: 'Hz' },
  'ups.load': { label: 'Load', type: 'LOAD', unit: '%' },
  'ups.power': { label: 'Apparent power', type: 'APPARENT_POWER', unit: 'VA' },
  'ups.realpower': { label: 'Active power', type: 'ACTIVE_POWER', unit: 'W' },
  'ups.temperature': { label: 'Temperature', type: 'TEMPERATURE', unit: '°C' },
  'ambient.temperature': { label: 'Ambient temperature', type: 'TEMPERATURE', unit: '°C' },
  'ambient.humidity': { label: 'Ambient humidity', type: 'HUMIDITY', unit: '%' },
}

/** What NUT's device.type is among the types of devices here; a UPS where it does not say. */
const deviceTypes: Record<string, string> = { ups: 'UPS', pdu: 'PDU', ats: 'ATS', psu: 'PSU', scd: 'SOLAR_CONTROLLER' }

/** What drivers say where the UPS has no serial number: taken for one, it would make one device of several. */
const noSerialNumber = /^(0+|-+|\?+|x+|unknown|none|null|n\/?a|not (set|available)|serial ?(no|number)?)$/i

const lengthMax = 200

/** A UPS as a device under `ref`: null where its variables are not there. */
export function upsDevice(ref: string, locationRef: string | undefined, ups: UpsReading): DeviceReport | null {
  const { variables } = ups
  if (variables === undefined) return null
  const say = (...names: string[]) => names.map((name) => fitted(variables.get(name))).find((value) => value !== undefined)
  const serialNumber = say('device.serial', 'ups.serial')
  const attributes = {
    locationRef,
    serialNumber: serialNumber !== undefined && noSerialNumber.test(serialNumber) ? undefined : serialNumber,
    modelName: say('device.model', 'ups.model'),
    manufacturer: say('device.mfr', 'ups.mfr'),
    firmwareVersion: say('ups.firmware'),
    macAddress: say('device.macaddr'),
  }
  return {
    ref,
    type: deviceTypes[say('device.type') ?? 'ups'] ?? 'UPS',
    label: fitted(ups.description) ?? ups.name,
    ...withoutUndefined(attributes),
  }
}

/** The sensors of a UPS: one for each measured variable that it has. */
export function upsSensors(deviceRef: string, ups: UpsReading): SensorReport[] {
  return measuredOf(ups).map((variable) => ({
    ref: sensorRef(deviceRef, variable),
    deviceRef,
    ...(sensorVariables[variable] as Omit<SensorReport, 'ref' | 'deviceRef'>),
  }))
}

/** What the sensors of a UPS show, as its driver writes it, by their refs. */
export function upsValues(deviceRef: string, ups: UpsReading): [sensorRef: string, text: string][] {
  return measuredOf(ups).map((variable) => [sensorRef(deviceRef, variable), ups.variables?.get(variable) ?? ''])
}

function measuredOf({ variables }: UpsReading): string[] {
  return Object.keys(sensorVariables).filter((variable) => variables?.has(variable))
}

function sensorRef(deviceRef: string, variable: string): string {
  return `${deviceRef}/${variable}`
}

/** Text as the ingest API takes it: within its length, without what cannot be stored; undefined where nothing is left. */
function fitted(text: string | undefined): string | undefined {
  const kept = text?.replaceAll('\0', '').trim().slice(0, lengthMax).toWellFormed()
  return kept === '' ? undefined : kept
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
