import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { alarmQuery } from '../alarms.ts'
import { type AlarmInFull, type AlarmVersion, problemText } from '../client.ts'
import { isNotThere } from '../devices.ts'
import { useSession } from '../session.ts'
import { alarmTexts as texts } from '../texts/alarms.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { Ago, Moment } from '../ui/time.tsx'
import { Acknowledge } from './alarms/acknowledge.tsx'
import { AlarmsLink } from './alarms/alarm-link.tsx'
import styles from './alarms/alarms.module.css'
import { SeverityMark } from './alarms/severity-mark.tsx'
import { DeviceLink } from './device/device-link.tsx'
import { NotSeen } from './not-seen.tsx'

/** One alarm: how it stands, who has seen it, and the states that it had. */
export function AlarmPage() {
  const { company } = useSession()
  const { organizationId = company.id, alarmId = '' } = useParams({ strict: false })
  const found = useQuery(alarmQuery(organizationId, alarmId))
  if (isNotThere(found.error)) {
    return <NotSeen error={found.error} customerId={organizationId === company.id ? undefined : organizationId} />
  }
  return (
    <Page
      title={found.data?.alarm.label ?? texts.title}
      lead={found.data?.alarm.message}
      up={<AlarmsLink>{texts.up}</AlarmsLink>}
    >
      <Loaded query={found} problemText={problemText}>
        {(data) => (
          <>
            <Section title={texts.about} framed>
              <AlarmFacts alarm={data.alarm} />
            </Section>
            {organizationId === company.id && <Seen {...data} />}
            <Section title={texts.history} lead={texts.historyLead}>
              <DataTable
                label={texts.table}
                columns={columns}
                rows={data.versions}
                rowId={({ at, alarmReactivationCount, clearedTime }) => `${at} ${alarmReactivationCount} ${clearedTime}`}
                moreText={portalTexts.more}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const standing = (clearedTime: string | undefined) => (
  <State mood={clearedTime === undefined ? 'warn' : 'good'}>{clearedTime === undefined ? texts.active : texts.cleared}</State>
)

function AlarmFacts({ alarm }: { alarm: AlarmInFull['alarm'] }) {
  const { severity, clearedTime, device, deviceId, activatedTime, alarmReactivationCount: again } = alarm
  return (
    <Facts
      facts={{
        [texts.facts.severity]: <SeverityMark severity={severity} />,
        [texts.facts.state]: standing(clearedTime),
        [texts.facts.device]: device && <DeviceLink deviceId={deviceId}>{device.label}</DeviceLink>,
        [texts.facts.location]: device?.path.join(' › ') || undefined,
        [texts.facts.since]: <Ago at={activatedTime} />,
        [texts.facts.cleared]: clearedTime && <Ago at={clearedTime} />,
        [texts.facts.again]: again > 0 ? texts.times(again) : undefined,
      }}
    />
  )
}

/** Who of the company has seen it, now and before. */
function Seen({ alarm, acknowledgements }: AlarmInFull) {
  return (
    <Section title={texts.seen} action={<Acknowledge alarm={alarm} />}>
      {!alarm.acknowledgement && <p>{texts.notSeen}</p>}
      <ul className={styles.seen}>
        {acknowledgements.map(({ at, by = texts.erased, assignee, note, withdrawn }) => (
          <li key={at}>
            {withdrawn ? texts.withdrawnBy(by) : texts.seenBy(by)}, <Ago at={at} />. {assignee && texts.assignedTo(assignee.name)}
            {note && <p className={styles.note}>{note}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const column = columnsOf<AlarmVersion>()
const columns = column.columns([
  column.accessor('at', {
    header: texts.columns.at,
    sortFn: 'basic',
    meta: { heads: true },
    cell: ({ getValue }) => <Moment at={getValue()} />,
  }),
  column.accessor(({ clearedTime }) => clearedTime, {
    id: 'state',
    header: texts.columns.state,
    enableSorting: false,
    cell: ({ getValue }) => standing(getValue()),
  }),
  column.accessor('severity', {
    header: texts.columns.severity,
    sortFn: 'text',
    cell: ({ getValue }) => <SeverityMark severity={getValue()} />,
  }),
  column.accessor('message', { header: texts.columns.message, sortFn: 'text' }),
  column.accessor('activatedTime', {
    header: texts.columns.since,
    sortFn: 'basic',
    cell: ({ getValue }) => <Moment at={getValue()} />,
  }),
])
