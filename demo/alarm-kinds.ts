import type { DeviceReport, Severity } from '../src/domain/batch.ts'
import type { Random } from './random.ts'

/** What can go wrong with a device of some type, and what the operator reads of it. */
export interface AlarmKind {
  /** The last part of its reference: one alarm of one kind per device, which clears and comes again. */
  code: string
  label: string
  severity: Severity
  message(device: DeviceReport, random: Random): string
  /** For how many minutes it lasts, at least and at most. */
  lastsMinutes: [number, number]
  /** It may also stay for days, until somebody comes. */
  stays?: true
}

/** By device type. */
const alarmKinds: Readonly<Record<string, readonly AlarmKind[]>> = {
  UPS: [
    {
      code: 'on-battery',
      label: 'On battery',
      severity: 'CRITICAL',
      message: (device, random) => `${device.label} is on battery: no input voltage. Runtime left: ${random.int(8, 45)} min.`,
      lastsMinutes: [2, 8],
    },
    {
      code: 'high-load',
      label: 'Load above threshold',
      severity: 'WARNING',
      message: (device, random) => `The load of ${device.label} is ${random.int(81, 94)} %, above the threshold of 80 %.`,
      lastsMinutes: [5, 25],
    },
    {
      code: 'replace-battery',
      label: 'Replace battery',
      severity: 'WARNING',
      message: (device) => `A battery of ${device.label} is at the end of its life and should be replaced.`,
      lastsMinutes: [20, 40],
      stays: true,
    },
    {
      code: 'self-test-failed',
      label: 'Self-test failed',
      severity: 'ERROR',
      message: (device) => `The scheduled self-test of ${device.label} failed: the battery did not hold the load.`,
      lastsMinutes: [10, 30],
      stays: true,
    },
    {
      code: 'lost-communication',
      label: 'Lost communication',
      severity: 'UNKNOWN',
      message: (device) => `${device.label} has not answered at ${device.ipAddress} since its last poll.`,
      lastsMinutes: [3, 15],
    },
  ],
  BATTERY_FRAME: [
    {
      code: 'high-temperature',
      label: 'Battery temperature high',
      severity: 'WARNING',
      message: (device, random) => `${device.label} is at ${random.int(36, 41)} °C, above the threshold of 35 °C.`,
      lastsMinutes: [10, 30],
    },
  ],
  RPDU: [
    {
      code: 'lost-communication',
      label: 'Lost communication',
      severity: 'UNKNOWN',
      message: (device) => `${device.label} has not answered at ${device.ipAddress} since its last poll.`,
      lastsMinutes: [3, 15],
    },
    {
      code: 'restarted',
      label: 'Device restarted',
      severity: 'INFO',
      message: (device) => `${device.label} restarted. Its outlets kept their state.`,
      lastsMinutes: [2, 5],
    },
  ],
  OUTLET_GROUP: [
    {
      code: 'near-overload',
      label: 'Near overload',
      severity: 'WARNING',
      message: (device, random) =>
        `The current of ${device.label} is ${random.int(13, 15)}.${random.int(0, 9)} A, near its limit of 16 A.`,
      lastsMinutes: [4, 20],
      stays: true,
    },
  ],
  PDU: [
    {
      code: 'breaker-open',
      label: 'Breaker open',
      severity: 'CRITICAL',
      message: (device, random) => `Breaker ${random.int(1, 42)} of ${device.label} is open.`,
      lastsMinutes: [10, 35],
      stays: true,
    },
  ],
  AUTOMATIC_TRANSFER_SWITCH: [
    {
      code: 'no-redundancy',
      label: 'Redundancy lost',
      severity: 'CRITICAL',
      message: (device) => `${device.label} has no source B: a failure of source A would drop the load.`,
      lastsMinutes: [5, 20],
      stays: true,
    },
  ],
  GENERATOR: [
    {
      code: 'low-fuel',
      label: 'Fuel low',
      severity: 'WARNING',
      message: (device, random) => `The tank of ${device.label} is at ${random.int(12, 24)} %, below the threshold of 25 %.`,
      lastsMinutes: [20, 40],
      stays: true,
    },
  ],
  COOLING_UNIT: [
    {
      code: 'high-supply-temperature',
      label: 'Supply air too warm',
      severity: 'WARNING',
      message: (device, random) => `${device.label} supplies air at ${random.int(25, 29)} °C, above the threshold of 24 °C.`,
      lastsMinutes: [6, 25],
      stays: true,
    },
    {
      code: 'filter-clogged',
      label: 'Filter clogged',
      severity: 'INFO',
      message: (device) => `The air filter of ${device.label} is clogged: clean or replace it.`,
      lastsMinutes: [15, 40],
      stays: true,
    },
    {
      code: 'compressor-failed',
      label: 'Compressor failed',
      severity: 'FAIL',
      message: (device) => `The compressor of ${device.label} stopped and does not start again.`,
      lastsMinutes: [15, 40],
      stays: true,
    },
  ],
  ENVIRONMENTAL_MONITOR: [
    {
      code: 'high-temperature',
      label: 'Temperature high',
      severity: 'CRITICAL',
      message: (device, random) => `${device.label} reads ${random.int(33, 38)} °C, above the threshold of 32 °C.`,
      lastsMinutes: [5, 25],
    },
    {
      code: 'low-humidity',
      label: 'Humidity low',
      severity: 'WARNING',
      message: (device, random) =>
        `${device.label} reads ${random.int(14, 19)} % relative humidity, below the threshold of 20 %.`,
      lastsMinutes: [10, 35],
      stays: true,
    },
    {
      code: 'door-open',
      label: 'Door open',
      severity: 'INFO',
      message: (device) => `The door that ${device.label} watches has been open for more than 2 minutes.`,
      lastsMinutes: [2, 10],
    },
  ],
}

/** One kind of alarm of one device. */
export interface PossibleAlarm {
  ref: string
  deviceRef: string
  kind: AlarmKind
  /** What the operator reads when it activates. */
  message(random: Random): string
}

/** Everything that can go wrong with these devices. A part is named together with what it is a part of. */
export function possibleAlarms(devices: readonly DeviceReport[]): PossibleAlarm[] {
  const byRef = new Map(devices.map((device) => [device.ref, device]))
  return devices.flatMap((device) => {
    const whole = device.parentRef === undefined ? undefined : byRef.get(device.parentRef)
    const named = whole === undefined ? device : { ...device, label: `${device.label} of ${whole.label}` }
    return (alarmKinds[device.type] ?? []).map((kind) => ({
      ref: `${device.ref}#${kind.code}`,
      deviceRef: device.ref,
      kind,
      message: (random: Random) => kind.message(named, random),
    }))
  })
}
