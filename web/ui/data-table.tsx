// biome-ignore-all lint/a11y/noRedundantRoles: as cards the elements are no longer laid out as a table, and some browsers would drop its meaning
import { Button, UnstyledButton } from '@mantine/core'
import {
  type ColumnDef,
  createColumnHelper,
  createSortedRowModel,
  type Header,
  type RowData,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useState } from 'react'
import styles from './data-table.module.css'

interface ColumnMeta {
  /** Names the row: a row header, and the head of the card on a phone. */
  heads?: boolean
  /** Numbers and actions stand at the end of their cell. */
  atEnd?: boolean
  /** The column's name is for screen readers only. */
  quiet?: boolean
  /** Its words are short, and never broken. */
  unbroken?: boolean
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { text: sortFn_text, basic: sortFn_basic },
  columnMeta: {} as ColumnMeta,
})

type Features = typeof features

export type Columns<T extends RowData> = ColumnDef<Features, T>[]

/** Makes columns for a table of T, at module level. */
export function columnsOf<T extends RowData>() {
  return createColumnHelper<Features, T>()
}

export type Sorting = { id: string; desc: boolean }[]

const ROWS_AT_ONCE = 100

interface DataTableProps<T extends RowData> {
  /** What the rows are, for whoever cannot see the table. */
  label: string
  columns: Columns<T>
  rows: T[]
  rowId: (row: T) => string
  /** All rows at once: the page brings them piece by piece itself. */
  whole?: boolean
  /** How the rest is offered where not all rows are shown. */
  moreText: (shown: number, all: number) => { count: string; more: string }
  /** How the rows are sorted, where the page says so and not the table itself; without `onSort` they cannot be. */
  order?: { sorting: Sorting; onSort: ((sorting: Sorting) => void) | undefined }
}

/** A table that sorts by its column heads, and turns into cards on a phone. */
export function DataTable<T extends RowData>({ label, columns, rows, rowId, whole, moreText, order }: DataTableProps<T>) {
  const [shown, setShown] = useState(whole ? Number.POSITIVE_INFINITY : ROWS_AT_ONCE)
  const table = useTable({ features, columns, data: rows, getRowId: rowId, ...(order && controlled(order)) })
  const sorted = table.getRowModel().rows
  const more = moreText(Math.min(shown, sorted.length), sorted.length)
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label} role="table">
        <thead role="rowgroup" className={styles.heads}>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} role="row">
              {group.headers.map((header) => (
                <HeaderCell key={header.id} header={header} head={<table.FlexRender header={header} />} />
              ))}
            </tr>
          ))}
        </thead>
        <tbody role="rowgroup" className={styles.body}>
          {sorted.slice(0, shown).map((row) => (
            <tr key={row.id} role="row" className={styles.row}>
              {row.getAllCells().map((cell) => {
                const { meta, header } = cell.column.columnDef
                const Cell = meta?.heads ? 'th' : 'td'
                return (
                  <Cell
                    key={cell.id}
                    role={meta?.heads ? 'rowheader' : 'cell'}
                    scope={meta?.heads ? 'row' : undefined}
                    className={styles.cell}
                    data-heads={meta?.heads}
                    data-label={typeof header === 'string' && !meta?.quiet && !meta?.heads ? header : undefined}
                    data-at-end={meta?.atEnd || undefined}
                    data-unbroken={meta?.unbroken || undefined}
                  >
                    <table.FlexRender cell={cell} />
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <div className={styles.more}>
          <span>{more.count}</span>
          <Button variant="default" size="xs" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
            {more.more}
          </Button>
        </div>
      )}
    </div>
  )
}

function controlled({ sorting, onSort }: NonNullable<DataTableProps<never>['order']>) {
  return {
    state: { sorting },
    onSortingChange: (change: Sorting | ((before: Sorting) => Sorting)) =>
      onSort?.(typeof change === 'function' ? change(sorting) : change),
    enableSorting: onSort !== undefined,
    enableMultiSort: false,
  }
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const

function HeaderCell<T extends RowData>({ header, head }: { header: Header<Features, T, unknown>; head: React.ReactNode }) {
  const { column } = header
  const sorted = column.getIsSorted()
  return (
    <th
      role="columnheader"
      scope="col"
      className={`${styles.cell} ${styles.head}`}
      aria-sort={sorted ? ariaSort[sorted] : undefined}
      data-at-end={column.columnDef.meta?.atEnd || undefined}
    >
      {column.getCanSort() ? (
        <UnstyledButton className={styles.sort} onClick={column.getToggleSortingHandler()} data-sorted={sorted || undefined}>
          {head}
        </UnstyledButton>
      ) : (
        <span className={column.columnDef.meta?.quiet ? styles.quiet : undefined}>{head}</span>
      )}
    </th>
  )
}
