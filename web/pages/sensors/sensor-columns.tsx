import type { ListedSensor } from '../../client.ts'
import { valueText } from '../../numbers.ts'
import { comparable, sensorPlace } from '../../sensors.ts'
import { sensorsTexts as texts } from '../../texts/sensors.ts'
import { columnsOf } from '../../ui/data-table.tsx'
import { Ago } from '../../ui/time.tsx'
import { DeviceLink } from '../device/device-link.tsx'

const column = columnsOf<ListedSensor>()

export const columns = column.columns([
  column.accessor('label', {
    header: texts.columns.sensor,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <DeviceLink deviceId={original.deviceId} hash={sensorPlace(original.id)}>
        {original.label}
      </DeviceLink>
    ),
  }),
  column.accessor(({ device }) => device?.label ?? texts.nothing, {
    id: 'device',
    header: texts.columns.device,
    sortFn: 'text',
    cell: ({ row: { original }, getValue }) =>
      original.device ? <DeviceLink deviceId={original.deviceId}>{getValue()}</DeviceLink> : getValue(),
  }),
  column.accessor(({ device }) => device?.path.join(' › ') || texts.nothing, {
    id: 'location',
    header: texts.columns.location,
    sortFn: 'text',
  }),
  // Words stand behind all numbers.
  column.accessor((sensor) => comparable(sensor) ?? Number.NEGATIVE_INFINITY, {
    id: 'latest',
    header: texts.columns.latest,
    sortFn: 'basic',
    sortDescFirst: true,
    meta: { unbroken: true },
    cell: ({ row: { original } }) => latestText(original),
  }),
  column.accessor(({ latest }) => latest?.time ?? '', {
    id: 'measured',
    header: texts.columns.measured,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.latest ? <Ago at={original.latest.time} /> : texts.nothing),
  }),
])

function latestText({ latest, unit }: ListedSensor): string {
  if (latest?.numericValue !== undefined) return valueText(latest.numericValue, unit)
  return latest?.stringValue ?? texts.nothing
}
