import { useMemo } from 'react'
import type { ListedAlarm } from '../../client.ts'
import { useSession } from '../../session.ts'
import { alarmTexts, alarmsTexts as texts } from '../../texts/alarms.ts'
import { type Columns, columnsOf } from '../../ui/data-table.tsx'
import { Ago } from '../../ui/time.tsx'
import { DeviceLink } from '../device/device-link.tsx'
import { Acknowledge } from './acknowledge.tsx'
import { AlarmLink } from './alarm-link.tsx'
import styles from './alarms.module.css'
import { SeverityMark } from './severity-mark.tsx'

const column = columnsOf<ListedAlarm>()

const alarm = column.accessor('label', {
  header: texts.columns.alarm,
  sortFn: 'text',
  meta: { heads: true },
  cell: ({ row: { original } }) => (
    <>
      <AlarmLink alarmId={original.id}>{original.label}</AlarmLink>
      {original.message !== original.label && <span className={styles.message}>{original.message}</span>}
    </>
  ),
})
const device = column.accessor(({ device }) => device?.label ?? texts.nothing, {
  id: 'device',
  header: texts.columns.device,
  sortFn: 'text',
  cell: ({ row: { original }, getValue }) =>
    original.device ? <DeviceLink deviceId={original.deviceId}>{getValue()}</DeviceLink> : getValue(),
})
const location = column.accessor(({ device }) => device?.path.join(' › ') || texts.nothing, {
  id: 'location',
  header: texts.columns.location,
  sortFn: 'text',
})
const severity = column.accessor('severity', {
  header: texts.columns.severity,
  sortFn: 'text',
  cell: ({ getValue }) => <SeverityMark severity={getValue()} />,
})
const since = column.accessor('activatedTime', {
  header: texts.columns.since,
  sortFn: 'basic',
  cell: ({ getValue }) => <Ago at={getValue()} />,
})
const cleared = column.accessor(({ clearedTime }) => clearedTime ?? '', {
  id: 'cleared',
  header: texts.columns.cleared,
  sortFn: 'basic',
  cell: ({ getValue }) => <Ago at={getValue()} />,
})
const seen = column.accessor(({ acknowledgement: by }) => by?.assignee?.name ?? by?.by ?? (by ? alarmTexts.erased : ''), {
  id: 'seen',
  header: texts.columns.seen,
  sortFn: 'text',
})
const actions = column.display({
  id: 'actions',
  header: texts.columns.actions,
  meta: { quiet: true, atEnd: true },
  cell: ({ row }) => <Acknowledge alarm={row.original} />,
})

export const activeColumns = column.columns([alarm, device, location, since, seen, actions])
export const pastColumns = column.columns([alarm, severity, device, location, since, cleared])
export const deviceColumns = column.columns([alarm, severity, since, seen, actions])

const own: unknown[] = [seen, actions]

/** Without who has seen an alarm where that is another company's own. */
export function useAlarmColumns(organizationId: string, columns: Columns<ListedAlarm>): Columns<ListedAlarm> {
  const { company } = useSession()
  return useMemo(
    () => (company.id === organizationId ? columns : columns.filter((one) => !own.includes(one))),
    [company.id, organizationId, columns],
  )
}
