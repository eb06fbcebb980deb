import { portalTexts } from '../../texts/portal.ts'
import { attemptTexts as texts } from '../../texts/webhooks.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../../webhooks.ts'
import styles from './delivery-details.module.css'

const column = columnsOf<Attempt>()
const columns = column.columns([
  column.accessor('at', {
    header: texts.columns.at,
    sortFn: 'basic',
    meta: { heads: true },
    cell: ({ getValue }) => <Moment at={getValue()} />,
  }),
  column.accessor(({ status, error }) => String(status ?? error), {
    id: 'answer',
    header: texts.columns.answer,
    sortFn: 'text',
    cell: ({ getValue, row: { original } }) => (
      <span>
        {getValue()}
        {original.answer && <span className={styles.answered}>{original.answer}</span>}
      </span>
    ),
  }),
  column.accessor(({ address }) => address ?? texts.nowhere, {
    id: 'address',
    header: texts.columns.address,
    sortFn: 'text',
    cell: ({ getValue }) => <span className={styles.address}>{getValue()}</span>,
  }),
  column.accessor('tookMs', { header: texts.columns.took, sortFn: 'basic', cell: ({ getValue }) => texts.took(getValue()) }),
])

/** What was answered to each attempt, the newest first. */
export function Attempts({ log }: { log: Attempt[] }) {
  return <DataTable label={texts.table} columns={columns} rows={log} rowId={({ at }) => at} moreText={portalTexts.more} />
}
