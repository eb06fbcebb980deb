import type { Activity } from '../../client.ts'
import { activityTexts as texts, verbText } from '../../texts/activity.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { dateAndTimeOf, exactTime } from '../../ui/times.ts'
import styles from './activity.module.css'

const column = columnsOf<Activity>()
const columns = column.columns([
  column.accessor('at', {
    header: texts.columns.when,
    sortFn: 'basic',
    cell: ({ getValue }) => (
      <time dateTime={getValue()} title={exactTime(getValue())}>
        {dateAndTimeOf(getValue())}
      </time>
    ),
  }),
  column.accessor(({ verb }) => verbText(verb), {
    id: 'what',
    header: texts.columns.what,
    sortFn: 'text',
    meta: { heads: true },
  }),
  column.accessor(({ subject }) => subject.name ?? texts.nothing, {
    id: 'subject',
    header: texts.columns.subject,
    sortFn: 'text',
    cell: ({ getValue, row }) => (
      <span className={styles.subject} title={row.original.subject.id}>
        {getValue()}
      </span>
    ),
  }),
  column.accessor(({ actor }) => whoText(actor), { id: 'who', header: texts.columns.who, sortFn: 'text' }),
  column.accessor(({ from }) => from ?? texts.nothing, { id: 'from', header: texts.columns.from, sortFn: 'text' }),
  column.display({
    id: 'details',
    header: texts.columns.details,
    cell: ({ row: { original } }) => <Details act={original} />,
  }),
])

export function ActivityTable({ acts }: { acts: Activity[] }) {
  return (
    <DataTable
      label={texts.table}
      columns={columns}
      rows={acts}
      rowId={({ seq }) => String(seq)}
      whole
      moreText={portalTexts.more}
    />
  )
}

function whoText({ kind, name, companyName }: Activity['actor']): string {
  const who = name ?? (kind === 'person' ? undefined : (texts.kinds[kind] ?? kind))
  if (companyName === undefined) return who ?? texts.kinds.person ?? kind
  return who === undefined ? texts.somebodyOf(companyName) : texts.of(who, companyName)
}

/** What was set or changed, as it is recorded. */
function Details({ act: { seq, details, verb } }: { act: Activity }) {
  if (Object.keys(details).length === 0) return texts.nothing
  return (
    <details>
      <summary aria-label={texts.details(seq)}>{texts.show}</summary>
      <pre className={styles.details}>
        {[verb, ...Object.entries(details).map(([name, value]) => `${name}: ${textOf(value)}`)].join('\n')}
      </pre>
    </details>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
