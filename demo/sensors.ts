import type { DeviceReport, SensorReport } from '../src/domain/batch.ts'

interface SensorKind {
  /** The last part of its reference: stable. */
  code: string
  label: string
  type: string
  unit?: string
}

const kinds: Readonly<Record<string, readonly SensorKind[]>> = {
  UPS: [
    { code: 'load', label: 'Load', type: 'LOAD', unit: '%' },
    { code: 'input-voltage', label: 'Input voltage', type: 'VOLTAGE', unit: 'V' },
    { code: 'output-voltage', label: 'Output voltage', type: 'VOLTAGE', unit: 'V' },
    { code: 'output-current', label: 'Output current', type: 'CURRENT', unit: 'A' },
    { code: 'output-power', label: 'Active power', type: 'ACTIVE_POWER', unit: 'W' },
    { code: 'battery-charge', label: 'Battery charge', type: 'BATTERY_CHARGE', unit: '%' },
    { code: 'runtime', label: 'Battery runtime', type: 'BATTERY_RUNTIME', unit: 's' },
    { code: 'status', label: 'Status', type: 'STATUS' },
  ],
  BATTERY_FRAME: [{ code: 'temperature', label: 'Battery temperature', type: 'TEMPERATURE', unit: '°C' }],
  RPDU: [
    { code: 'power', label: 'Active power', type: 'ACTIVE_POWER', unit: 'W' },
    { code: 'energy', label: 'Energy', type: 'ENERGY', unit: 'kWh' },
    { code: 'voltage', label: 'Voltage', type: 'VOLTAGE', unit: 'V' },
  ],
  OUTLET_GROUP: [{ code: 'current', label: 'Current', type: 'CURRENT', unit: 'A' }],
  OUTLET: [{ code: 'power', label: 'Active power', type: 'ACTIVE_POWER', unit: 'W' }],
  PDU: [
    { code: 'load', label: 'Load', type: 'LOAD', unit: '%' },
    { code: 'power', label: 'Active power', type: 'ACTIVE_POWER', unit: 'kW' },
  ],
  AUTOMATIC_TRANSFER_SWITCH: [
    { code: 'source-a-voltage', label: 'Source A voltage', type: 'VOLTAGE', unit: 'V' },
    { code: 'source-b-voltage', label: 'Source B voltage', type: 'VOLTAGE', unit: 'V' },
    { code: 'selected-source', label: 'Selected source', type: 'STATUS' },
  ],
  GENERATOR: [
    { code: 'fuel', label: 'Fuel level', type: 'FUEL_LEVEL', unit: '%' },
    { code: 'power', label: 'Active power', type: 'ACTIVE_POWER', unit: 'kW' },
  ],
  COOLING_UNIT: [
    { code: 'supply-temperature', label: 'Supply air temperature', type: 'TEMPERATURE', unit: '°C' },
    { code: 'return-temperature', label: 'Return air temperature', type: 'TEMPERATURE', unit: '°C' },
    { code: 'fan-speed', label: 'Fan speed', type: 'FAN_SPEED', unit: '%' },
  ],
  ENVIRONMENTAL_MONITOR: [
    { code: 'temperature', label: 'Temperature', type: 'TEMPERATURE', unit: '°C' },
    { code: 'humidity', label: 'Relative humidity', type: 'HUMIDITY', unit: '%' },
  ],
}

/** The sensors that these devices have by their types. */
export function sensorsOf(devices: readonly DeviceReport[]): SensorReport[] {
  return devices.flatMap((device) =>
    (kinds[device.type] ?? []).map(({ code, label, type, unit }) => ({
      ref: `${device.ref}#${code}`,
      deviceRef: device.ref,
      label,
      type,
      ...(unit !== undefined && { unit }),
    })),
  )
}
