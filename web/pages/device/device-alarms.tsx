import { useQuery } from '@tanstack/react-query'
import { activeAlarmsQuery } from '../../alarms.ts'
import { problemText } from '../../client.ts'
import { isNotThere } from '../../devices.ts'
import { alarmsTexts as texts } from '../../texts/alarms.ts'
import { portalTexts } from '../../texts/portal.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { deviceColumns, useAlarmColumns } from '../alarms/alarm-columns.tsx'

/** A device's active alarms, the worst first. */
export function DeviceAlarms({ organizationId, deviceId }: { organizationId: string; deviceId: string }) {
  const alarms = useQuery(
    activeAlarmsQuery(organizationId, { severity: '', locationId: '', search: '', acknowledged: '', deviceId }),
  )
  const columns = useAlarmColumns(organizationId, deviceColumns)
  return (
    <Section title={texts.section}>
      {isNotThere(alarms.error) ? (
        <Empty title={texts.notShared.title}>{texts.notShared.text}</Empty>
      ) : (
        <Loaded query={alarms} problemText={problemText}>
          {({ alarms: active }) =>
            active.length === 0 ? (
              <p>{texts.noneHere}</p>
            ) : (
              <DataTable
                label={texts.table(texts.active)}
                columns={columns}
                rows={active}
                rowId={({ id }) => id}
                moreText={portalTexts.more}
              />
            )
          }
        </Loaded>
      )}
    </Section>
  )
}
