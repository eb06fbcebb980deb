import { Button, Group, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Partnership, problemText } from '../client.ts'
import { partnershipsQuery } from '../companies.ts'
import { paths } from '../paths.ts'
import { connectionsTexts as texts } from '../texts/connections.ts'
import { customerStateTexts, reasonTexts } from '../texts/coverage.ts'
import { kindsAlone } from '../texts/kinds.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'

const column = columnsOf<Partnership>()
const columns = column.columns([
  column.accessor(({ customer }) => customer.name, {
    id: 'customer',
    header: texts.columns.customer,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => <CompanyLink company={original.customer} />,
  }),
  column.accessor(({ partner }) => partner.name, {
    id: 'partner',
    header: texts.columns.partner,
    sortFn: 'text',
    cell: ({ row: { original } }) => <CompanyLink company={original.partner} />,
  }),
  column.accessor('state', {
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original } }) => <Standing partnership={original} />,
  }),
  column.accessor('since', {
    header: texts.columns.since,
    sortFn: 'basic',
    cell: ({ getValue }) => <Day at={getValue()} />,
  }),
  column.accessor(({ consent }) => consent?.givenAt ?? '', {
    id: 'consent',
    header: texts.columns.consent,
    sortFn: 'basic',
    cell: ({ row: { original } }) => <Shared partnership={original} />,
  }),
  column.accessor(({ lastReadAt }) => lastReadAt ?? '', {
    id: 'read',
    header: texts.columns.read,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.lastReadAt ? <Ago at={original.lastReadAt} /> : texts.nothing),
  }),
])

function CompanyLink({ company: { id, name } }: { company: { id: string; name: string } }) {
  return (
    <TextLink to={paths.company} params={{ companyId: id }}>
      {name}
    </TextLink>
  )
}

/** The state, and each reason where there are several. */
function Standing({ partnership: { state, reasons } }: { partnership: Partnership }) {
  const { word, mood } = customerStateTexts[state]
  return (
    <div>
      <State mood={mood}>{word}</State>
      {reasons.slice(1).map((reason) => (
        <div key={reason}>{reasonTexts[reason].word}</div>
      ))}
    </div>
  )
}

function Shared({ partnership: { consent } }: { partnership: Partnership }) {
  return consent ? (
    <div>
      <Day at={consent.givenAt} />
      <div>{kindsAlone(consent.kinds)}</div>
    </div>
  ) : (
    texts.nothing
  )
}

/** Who is connected to whom over the whole installation, for the vendor. */
export function ConnectionsPage() {
  const partnerships = useQuery(partnershipsQuery)
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      action={
        <Button component="a" variant="default" href="/api/v1/partnerships/export" download>
          {texts.export}
        </Button>
      }
    >
      <Loaded query={partnerships} problemText={problemText}>
        {(data) => <ConnectionList partnerships={data.partnerships} />}
      </Loaded>
    </Page>
  )
}

function ConnectionList({ partnerships }: { partnerships: Partnership[] }) {
  const [search, setSearch] = useState('')
  const [state, setState] = useState('')
  const found = matching(partnerships, search, state)
  if (partnerships.length === 0) {
    return <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
  }
  const valid = partnerships.filter((one) => one.state === 'valid').length
  return (
    <>
      <Group mb="md">
        <SearchField label={texts.search} placeholder={texts.placeholder} value={search} onChange={setSearch} />
        <NativeSelect
          aria-label={texts.state}
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
          data={[
            { value: '', label: texts.anyState },
            ...Object.entries(customerStateTexts).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
        <span role="status">{search || state ? texts.found(found.length) : texts.count(valid, partnerships.length)}</span>
      </Group>
      {found.length === 0 ? (
        <Empty title={texts.noneFound.title}>{texts.noneFound.text}</Empty>
      ) : (
        <DataTable label={texts.table} columns={columns} rows={found} rowId={({ id }) => id} moreText={portalTexts.more} />
      )}
    </>
  )
}

function matching(partnerships: Partnership[], search: string, state: string): Partnership[] {
  const wanted = search.trim().toLocaleLowerCase()
  return partnerships.filter(({ customer, partner, ...one }) => {
    const words = [customer.name, customer.id, partner.name, partner.id, partner.partnerId].join('\n').toLocaleLowerCase()
    return words.includes(wanted) && (state === '' || one.state === state)
  })
}
