import { useQuery } from '@tanstack/react-query'
import { type AlarmsWanted, activeAlarmsQuery } from '../../alarms.ts'
import { type ListedAlarm, problemText, type Severity } from '../../client.ts'
import { isNotThere } from '../../devices.ts'
import { severityTexts, alarmsTexts as texts } from '../../texts/alarms.ts'
import { portalTexts } from '../../texts/portal.ts'
import { type Columns, DataTable } from '../../ui/data-table.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import customers from '../customers.module.css'
import { activeColumns, useAlarmColumns } from './alarm-columns.tsx'
import styles from './alarms.module.css'

const severities = Object.keys(severityTexts) as Severity[]

/** Active alarms by their severities, the worst first. */
export function ActiveAlarms({ organizationId, wanted }: { organizationId: string; wanted: AlarmsWanted }) {
  const alarms = useQuery(activeAlarmsQuery(organizationId, wanted))
  const columns = useAlarmColumns(organizationId, activeColumns)
  if (isNotThere(alarms.error)) {
    return <Empty title={texts.notShared.title}>{texts.notShared.text}</Empty>
  }
  return (
    <Loaded query={alarms} problemText={problemText}>
      {({ alarms: found, total = 0 }) => (
        <>
          <p role="status" className={customers.count}>
            {found.length < total ? texts.firstOf(found.length, total) : texts.count(total)}
          </p>
          {found.length === 0 && <NoneFound wanted={wanted} />}
          {severities.map((severity) => {
            const group = found.filter((alarm) => alarm.severity === severity)
            return group.length > 0 && <Group key={severity} severity={severity} alarms={group} columns={columns} />
          })}
        </>
      )}
    </Loaded>
  )
}

function Group(props: { severity: Severity; alarms: ListedAlarm[]; columns: Columns<ListedAlarm> }) {
  const word = severityTexts[props.severity]
  return (
    <Section title={texts.group(word, props.alarms.length)}>
      <div className={styles.aligned}>
        <DataTable
          label={texts.table(word)}
          columns={props.columns}
          rows={props.alarms}
          rowId={({ id }) => id}
          moreText={portalTexts.more}
        />
      </div>
    </Section>
  )
}

function NoneFound({ wanted: { severity, locationId, search, acknowledged } }: { wanted: AlarmsWanted }) {
  const { title, text } = severity || locationId || search || acknowledged ? texts.noneFound : texts.none
  return <Empty title={title}>{text}</Empty>
}
