import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api, problemText, type Retention } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { retentionTexts as texts } from '../../texts/system-limits.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { Day } from '../../ui/time.tsx'

const retentionQuery = queryOptions({
  queryKey: ['installation', 'retention'],
  queryFn: () => answer(api.GET('/api/v1/installation/retention')),
})

const column = columnsOf<Retention['kept'][number]>()
const columns = column.columns([
  column.accessor(({ what }) => texts.what[what], {
    id: 'what',
    header: texts.columns.what,
    sortFn: 'text',
    meta: { heads: true },
  }),
  column.accessor('hours', {
    header: texts.columns.period,
    sortFn: 'basic',
    cell: ({ getValue }) => texts.period(getValue()),
  }),
  column.accessor('count', { header: texts.columns.count, sortFn: 'basic', cell: ({ getValue }) => texts.amount(getValue()) }),
  column.accessor(({ oldestAt }) => oldestAt ?? '', {
    id: 'oldest',
    header: texts.columns.oldest,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.oldestAt ? <Day at={original.oldestAt} /> : texts.nothing),
  }),
])

/** What is kept, for how long, and how much there is of what is no data of devices. */
export function Kept() {
  const retention = useQuery(retentionQuery)
  return (
    <Section title={texts.title} lead={texts.lead}>
      <Loaded query={retention} problemText={problemText}>
        {({ kept }) => (
          <DataTable label={texts.table} columns={columns} rows={kept} rowId={({ what }) => what} moreText={portalTexts.more} />
        )}
      </Loaded>
    </Section>
  )
}
