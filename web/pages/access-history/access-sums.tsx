import { useMemo, useRef } from 'react'
import { type AccessesWanted, stepOf } from '../../accesses.ts'
import type { AccessSum } from '../../client.ts'
import { countText, sizeText } from '../../numbers.ts'
import { accessTexts as texts } from '../../texts/accesses.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { RowButton } from '../../ui/row-button.tsx'
import { Section } from '../../ui/section.tsx'
import { dateAndTimeOf, dateOf } from '../../ui/times.ts'
import { Reader } from './reader.tsx'

interface AccessSumsProps {
  sums: AccessSum[]
  wanted: AccessesWanted
  onDay: (day: string) => void
}

/** Each reader's accesses by the hour or day. */
export function AccessSums({ sums, wanted, onDay }: AccessSumsProps) {
  const step = stepOf(wanted)
  // What is wanted changes with each choice of the filters: the columns ask for the latest.
  const latest = useRef(onDay)
  latest.current = onDay
  const columns = useMemo(() => columnsBy(step, (day) => latest.current(day)), [step])
  return (
    <Section title={texts.sums} lead={texts.sumsLead[step]}>
      <DataTable
        label={texts.sums}
        columns={columns}
        rows={sums}
        rowId={({ from, reader }) => `${from} ${reader.id}`}
        moreText={portalTexts.more}
      />
    </Section>
  )
}

const column = columnsOf<AccessSum>()
const count = (name: 'requests' | 'refused' | 'failed' | 'objects' | 'lines') =>
  column.accessor(name, {
    header: texts.columns[name],
    sortFn: 'basic',
    meta: { atEnd: true },
    cell: ({ getValue }) => countText(getValue()),
  })

function columnsBy(step: 'hour' | 'day', onDay: (day: string) => void) {
  return column.columns([
    column.accessor('from', {
      header: texts.columns[step],
      sortFn: 'basic',
      meta: { heads: true },
      cell: ({ getValue }) =>
        step === 'hour' ? (
          dateAndTimeOf(getValue())
        ) : (
          <RowButton onClick={() => onDay(dayOf(getValue()))}>{dateOf(getValue())}</RowButton>
        ),
    }),
    column.accessor(({ reader }) => reader.name ?? reader.id, {
      id: 'reader',
      header: texts.columns.reader,
      sortFn: 'text',
      cell: ({ row }) => <Reader reader={row.original.reader} />,
    }),
    count('requests'),
    count('refused'),
    count('failed'),
    count('objects'),
    column.accessor('bytes', {
      header: texts.columns.data,
      sortFn: 'basic',
      meta: { atEnd: true },
      cell: ({ getValue }) => sizeText(getValue()),
    }),
    count('lines'),
  ])
}

/** The day of a moment in the viewer's zone, as yyyy-mm-dd. */
function dayOf(iso: string): string {
  const at = new Date(iso)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
