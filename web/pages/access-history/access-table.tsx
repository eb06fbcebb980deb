import type { ReadAccess } from '../../client.ts'
import { countText } from '../../numbers.ts'
import { amountText, operationText, accessTexts as texts } from '../../texts/accesses.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { State } from '../../ui/state.tsx'
import { dateAndTimeOf, exactTime } from '../../ui/times.ts'
import styles from './access-history.module.css'
import { Reader } from './reader.tsx'

const column = columnsOf<ReadAccess>()
const columns = column.columns([
  column.accessor('minute', {
    header: texts.columns.when,
    sortFn: 'basic',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <time
        dateTime={original.minute}
        title={`${exactTime(original.firstAt)} – ${exactTime(original.lastAt)}`}
        className={styles.when}
      >
        {dateAndTimeOf(original.minute)}
      </time>
    ),
  }),
  column.accessor(({ reader }) => reader.name ?? reader.id, {
    id: 'reader',
    header: texts.columns.reader,
    sortFn: 'text',
    cell: ({ row }) => <Reader reader={row.original.reader} />,
  }),
  column.accessor(({ operation }) => operationText(operation), {
    id: 'operation',
    header: texts.columns.operation,
    sortFn: 'text',
  }),
  column.accessor('status', {
    header: texts.columns.outcome,
    sortFn: 'basic',
    cell: ({ getValue }) => <Outcome status={getValue()} />,
  }),
  column.accessor(({ address }) => address || texts.noAddress, {
    id: 'address',
    header: texts.columns.address,
    sortFn: 'text',
    meta: { unbroken: true },
  }),
  column.accessor('requests', {
    header: texts.columns.requests,
    sortFn: 'basic',
    meta: { atEnd: true },
    cell: ({ getValue }) => countText(getValue()),
  }),
  column.accessor('bytes', {
    id: 'amount',
    header: texts.columns.amount,
    sortFn: 'basic',
    meta: { atEnd: true },
    cell: ({ row: { original } }) => amountOf(original),
  }),
])

/** Whose answers tell what is new, so that without any they are but a frame. */
const tellsNews = /(ChangesAfterOffset|Measurements)$/

function amountOf(access: ReadAccess): string {
  const { operation, status, objects, lines } = access
  const isEmpty = objects === 0 && lines === 0 && tellsNews.test(operation)
  const amount = status < 400 && isEmpty ? '' : amountText(access)
  return amount || (status < 400 ? texts.nothingNew : texts.noAmount)
}

/** Accesses of each minute. */
export function AccessTable({ accesses }: { accesses: ReadAccess[] }) {
  return <DataTable label={texts.detail} columns={columns} rows={accesses} rowId={idOf} whole moreText={portalTexts.more} />
}

function idOf({ minute, reader, operation, status, address }: ReadAccess): string {
  return [minute, reader.id, operation, status, address].join(' ')
}

function Outcome({ status }: { status: number }) {
  if (status < 400) return <State mood="good">{texts.outcomes.read}</State>
  const word = status === 403 ? texts.outcomes.refused : texts.outcomes.failed
  return <State mood={status === 403 ? 'bad' : 'warn'}>{texts.status(word, status)}</State>
}
