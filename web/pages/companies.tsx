import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Company, problemText } from '../client.ts'
import { companiesQuery } from '../companies.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { companiesTexts as texts } from '../texts/companies.ts'
import { companyKindTexts, portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Day } from '../ui/time.tsx'
import { CreateCompany } from './companies/create-company.tsx'
import styles from './customers.module.css'

const column = columnsOf<Company>()
const columns = column.columns([
  column.accessor('name', {
    header: texts.columns.name,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.company} params={{ companyId: original.id }}>
        {original.name}
      </TextLink>
    ),
  }),
  column.accessor(({ kind }) => companyKindTexts[kind], { id: 'kind', header: texts.columns.kind, sortFn: 'text' }),
  column.accessor(({ suspendedAt }) => (suspendedAt ? texts.suspended : texts.active), {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ getValue, row }) => <State mood={row.original.suspendedAt ? 'bad' : 'good'}>{getValue()}</State>,
  }),
  column.accessor(({ subscription }) => subscription?.endsAt ?? '', {
    id: 'subscription',
    header: texts.columns.subscription,
    sortFn: 'basic',
    cell: ({ row }) => <SubscriptionCell company={row.original} />,
  }),
  column.accessor(({ partnerId }) => partnerId ?? texts.nothing, {
    id: 'partnerId',
    header: texts.columns.partnerId,
    sortFn: 'text',
  }),
  column.accessor('createdAt', {
    header: texts.columns.created,
    sortFn: 'basic',
    cell: ({ getValue }) => <Day at={getValue()} />,
  }),
])

/** The vendor's companies, and the way to a new one. */
export function CompaniesPage() {
  const companies = useQuery(companiesQuery)
  const mayChange = useMayChange()
  const [creating, { open, close }] = useDisclosure(false)
  return (
    <Page title={texts.title} lead={texts.lead} action={mayChange && <Button onClick={open}>{texts.create}</Button>}>
      <CreateCompany opened={creating} onClose={close} />
      <Loaded query={companies} problemText={problemText}>
        {(data) => <CompanyList companies={data.companies.filter(({ kind }) => kind !== 'vendor')} />}
      </Loaded>
    </Page>
  )
}

function CompanyList({ companies }: { companies: Company[] }) {
  const [search, setSearch] = useState('')
  const found = matching(companies, search)
  if (companies.length === 0) {
    return <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
  }
  return (
    <>
      <div className={styles.bar}>
        <SearchField
          label={texts.search}
          placeholder={texts.placeholder}
          value={search}
          onChange={setSearch}
          className={styles.search}
        />
        <span role="status" className={styles.count}>
          {texts.found(found.length, companies.length)}
        </span>
      </div>
      {found.length === 0 ? (
        <Empty title={texts.noneFound.title}>{texts.noneFound.text}</Empty>
      ) : (
        <DataTable label={texts.table} columns={columns} rows={found} rowId={({ id }) => id} moreText={portalTexts.more} />
      )}
    </>
  )
}

function matching(companies: Company[], search: string): Company[] {
  const wanted = search.trim().toLocaleLowerCase()
  return companies.filter(({ name, partnerId, id }) =>
    [name, partnerId ?? '', id].some((text) => text.toLocaleLowerCase().includes(wanted)),
  )
}

function SubscriptionCell({ company: { kind, subscription } }: { company: Company }) {
  if (!subscription) {
    return kind === 'customer' ? texts.noSubscription : texts.nothing
  }
  return (
    <span>
      {texts.subscription[subscription.kind]}, {texts.until(subscription.state)}{' '}
      <Day at={subscription.state === 'upcoming' ? subscription.startsAt : subscription.endsAt} />
    </span>
  )
}
