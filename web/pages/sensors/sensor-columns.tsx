import type { ListedSensor } from '../../client.ts'
import { valueText } from '../../numbers.ts'
import { type SensorOrder, sensorPlace } from '../../sensors.ts'
import { sensorsTexts as texts } from '../../texts/sensors.ts'
import { columnsOf, type Sorting } from '../../ui/data-table.tsx'
import { Ago } from '../../ui/time.tsx'
import { type Comparable, comparable, compare } from '../../units.ts'
import { DeviceLink } from '../device/device-link.tsx'

const column = columnsOf<ListedSensor>()

/** What is not there stands last, whichever way round the column is sorted: undefined says so. Words are no value. */
export const columns = column.columns([
  column.accessor('label', {
    header: texts.columns.sensor,
    // The server's order is this one, with what is searched for first.
    enableSorting: false,
    meta: { heads: true },
    cell: ({ row: { original } }) => {
      const { id, deviceId, device, label } = original
      if (device === undefined) return label
      return (
        <DeviceLink deviceId={deviceId} hash={sensorPlace(id)}>
          {label}
        </DeviceLink>
      )
    },
  }),
  column.accessor(({ device }) => device?.label, {
    id: 'device',
    header: texts.columns.device,
    sortFn: 'text',
    sortDescFirst: false,
    sortUndefined: 'last',
    cell: ({ row: { original }, getValue }) =>
      original.device ? <DeviceLink deviceId={original.deviceId}>{getValue()}</DeviceLink> : texts.nothing,
  }),
  column.accessor(({ device }) => device?.path.join(' › ') || undefined, {
    id: 'location',
    header: texts.columns.location,
    sortFn: 'text',
    sortDescFirst: false,
    sortUndefined: 'last',
    cell: ({ getValue }) => getValue() ?? texts.nothing,
  }),
  column.accessor(latestOf, {
    id: 'latest',
    header: texts.columns.latest,
    sortFn: (one, other, id) => compare(one.getValue<Comparable>(id), other.getValue<Comparable>(id)),
    sortDescFirst: true,
    sortUndefined: 'last',
    meta: { unbroken: true },
    cell: ({ row: { original } }) => latestText(original),
  }),
  column.accessor(({ latest }) => latest?.time, {
    id: 'measured',
    header: texts.columns.measured,
    sortFn: 'basic',
    sortDescFirst: true,
    sortUndefined: 'last',
    cell: ({ row: { original } }) => (original.latest ? <Ago at={original.latest.time} /> : texts.nothing),
  }),
])

/** By which column an order is, and which way round. */
const sortings: Record<SensorOrder, Sorting> = {
  '': [],
  highest: [{ id: 'latest', desc: true }],
  lowest: [{ id: 'latest', desc: false }],
  device: [{ id: 'device', desc: false }],
  location: [{ id: 'location', desc: false }],
  newest: [{ id: 'measured', desc: true }],
  oldest: [{ id: 'measured', desc: false }],
}
export const sortingOf = (order: SensorOrder): Sorting => sortings[order]

/** The order that a click on a column's head asks for; a way round that is none is that by name. */
export function orderOf([sort]: Sorting): SensorOrder {
  const orders = Object.keys(sortings) as SensorOrder[]
  return orders.find((order) => sortings[order].some(({ id, desc }) => id === sort?.id && desc === sort.desc)) ?? ''
}

/** Of how many kinds that do not compare these sensors' latest values are. */
export function kindsOf(sensors: readonly ListedSensor[]): number {
  return new Set(sensors.flatMap((sensor) => latestOf(sensor)?.of ?? [])).size
}

function latestOf({ latest, unit }: ListedSensor): Comparable | undefined {
  return latest?.numericValue === undefined ? undefined : comparable(latest.numericValue, unit)
}

function latestText({ latest, unit }: ListedSensor): string {
  if (latest?.numericValue !== undefined) return valueText(latest.numericValue, unit)
  return latest?.stringValue ?? texts.nothing
}
