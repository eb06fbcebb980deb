import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api, type Limits, problemText } from '../../client.ts'
import { paths } from '../../paths.ts'
import { portalTexts } from '../../texts/portal.ts'
import { limitsTexts as texts } from '../../texts/system-limits.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Ago } from '../../ui/time.tsx'

const limitsQuery = queryOptions({
  queryKey: ['installation', 'limits'],
  queryFn: () => answer(api.GET('/api/v1/installation/limits')),
})

type Refused = Limits['refused'][number]

const column = columnsOf<Refused>()
const columns = column.columns([
  column.accessor(({ company }) => company.name, {
    id: 'company',
    header: texts.columns.company,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.company} params={{ companyId: original.company.id }}>
        {original.company.name}
      </TextLink>
    ),
  }),
  column.accessor(({ key }) => key?.name ?? texts.people, { id: 'key', header: texts.columns.key, sortFn: 'text' }),
  column.accessor('requests', {
    header: texts.columns.requests,
    sortFn: 'basic',
    cell: ({ getValue }) => texts.amount(getValue()),
  }),
  column.accessor('lastAt', { header: texts.columns.last, sortFn: 'basic', cell: ({ getValue }) => <Ago at={getValue()} /> }),
])

/** The limits as they are, and who was refused by them. */
export function LimitsNow() {
  const limits = useQuery(limitsQuery)
  return (
    <Loaded query={limits} problemText={problemText}>
      {({ perMinute, refused, refusedHours }) => (
        <>
          <Section title={texts.title} lead={texts.lead} framed>
            <Facts
              facts={Object.fromEntries(
                Object.entries(perMinute).map(([name, limit]) => [texts.names[name] ?? name, texts.amount(limit)]),
              )}
            />
          </Section>
          <Section title={texts.refused} lead={texts.refusedLead(refusedHours)}>
            {refused.length === 0 ? (
              <Empty title={texts.nobody.title}>{texts.nobody.text}</Empty>
            ) : (
              <DataTable
                label={texts.table}
                columns={columns}
                rows={refused}
                rowId={({ company, key }) => `${company.id} ${key?.id ?? ''}`}
                moreText={portalTexts.more}
              />
            )}
          </Section>
        </>
      )}
    </Loaded>
  )
}
