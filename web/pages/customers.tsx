import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { type Customer, problemText } from '../client.ts'
import { customerInvitationsQuery, customersQuery, matching } from '../customers.ts'
import { paths } from '../paths.ts'
import { useMayChange, useSession } from '../session.ts'
import { customerStateTexts, reasonTexts } from '../texts/coverage.ts'
import { customersTexts as texts } from '../texts/customers.ts'
import { kindsInWords } from '../texts/kinds.ts'
import { portalTexts } from '../texts/portal.ts'
import { CopyIconButton } from '../ui/copy.tsx'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { AskConsent } from './customers/ask-consent.tsx'
import styles from './customers.module.css'

const InviteCustomer = lazy(async () => ({ default: (await import('./customers/invite-customer.tsx')).InviteCustomer }))
const PendingInvitations = lazy(async () => ({
  default: (await import('./customers/pending-invitations.tsx')).PendingInvitations,
}))

const column = columnsOf<Customer>()
const columns = column.columns([
  column.accessor('label', {
    header: texts.columns.customer,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row }) => <Name customer={row.original} />,
  }),
  column.accessor('state', { header: texts.columns.state, sortFn: 'text', cell: ({ row }) => <Why customer={row.original} /> }),
  column.accessor(({ consentGivenAt }) => consentGivenAt ?? '', {
    id: 'consent',
    header: texts.columns.consent,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.consentGivenAt ? <Day at={original.consentGivenAt} /> : texts.nothing),
  }),
  column.accessor(({ subscriptionEndsAt }) => subscriptionEndsAt ?? '', {
    id: 'subscription',
    header: texts.columns.subscription,
    sortFn: 'basic',
    cell: ({ row: { original } }) => <SubscriptionEnd customer={original} />,
  }),
  column.accessor(({ lastReadAt }) => lastReadAt ?? '', {
    id: 'read',
    header: texts.columns.read,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.lastReadAt ? <Ago at={original.lastReadAt} /> : texts.nothing),
  }),
])

/** Which customers can be read and, of the others, exactly why not. */
export function CustomersPage() {
  const customers = useQuery(customersQuery)
  const [inviting, { open, close }] = useDisclosure(false)
  const mayChange = useMayChange()
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      action={
        <div className={styles.actions}>
          <Button component="a" variant="default" href="/api/v1/customers/export" download>
            {texts.export}
          </Button>
          {mayChange && <Button onClick={open}>{texts.invite}</Button>}
        </div>
      }
    >
      <Suspense>{inviting && <InviteCustomer onClose={close} />}</Suspense>
      <Loaded query={customers} problemText={problemText}>
        {(data) => <CustomerList customers={data.customers} />}
      </Loaded>
      <Pending />
    </Page>
  )
}

/** Nothing where nobody is invited, and while it is not known. */
function Pending() {
  const { data } = useQuery(customerInvitationsQuery)
  return data && data.invitations.length > 0 ? (
    <div className={styles.pending}>
      <Suspense>
        <PendingInvitations invitations={data.invitations} />
      </Suspense>
    </div>
  ) : null
}

function CustomerList({ customers }: { customers: Customer[] }) {
  const { partnerId } = useSession().company
  const [search, setSearch] = useState('')
  const found = matching(customers, search)
  if (customers.length === 0) {
    return <Empty title={texts.empty.title}>{texts.empty.text(partnerId)}</Empty>
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
          {search
            ? texts.found(found.length)
            : texts.count(customers.filter(({ state }) => state === 'valid').length, customers.length)}
        </span>
      </div>
      {found.length === 0 ? (
        <Empty title={texts.noneFound.title}>{texts.noneFound.text(partnerId)}</Empty>
      ) : (
        <DataTable
          label={texts.table}
          columns={columns}
          rows={found}
          rowId={({ organizationId }) => organizationId}
          moreText={portalTexts.more}
        />
      )}
    </>
  )
}

function Name({ customer: { label, organizationId, state, kinds, administered } }: { customer: Customer }) {
  const mayChange = useMayChange()
  return (
    <>
      <TextLink to={paths.customer} params={{ organizationId }}>
        {label}
      </TextLink>
      <span className={styles.id}>
        {organizationId}
        <CopyIconButton text={organizationId} label={texts.copyId(label)} texts={portalTexts} />
      </span>
      <div className={styles.links}>
        {state === 'valid' && kinds?.inventory && (
          <TextLink to={paths.customerDevices} params={{ organizationId }} aria-label={texts.devicesOf(label)} size="sm">
            {texts.devices}
          </TextLink>
        )}
        {administered && mayChange && (
          <TextLink to={paths.customerGateways} params={{ organizationId }} aria-label={texts.gatewaysOf(label)} size="sm">
            {texts.gateways}
          </TextLink>
        )}
      </div>
    </>
  )
}

/** Until when the subscription holds, or when the last one ended. */
function SubscriptionEnd({ customer: { subscriptionEndsAt, subscriptionEndedAt } }: { customer: Customer }) {
  if (subscriptionEndsAt) return <Day at={subscriptionEndsAt} />
  return subscriptionEndedAt ? (
    <span>
      {texts.ended} <Day at={subscriptionEndedAt} />
    </span>
  ) : (
    texts.nothing
  )
}

function Why({ customer }: { customer: Customer }) {
  const { state, reasons, kinds, since } = customer
  return (
    <div>
      <State mood={customerStateTexts[state].mood}>{customerStateTexts[state].word}</State>
      {state === 'valid' && kinds && <p className={styles.reason}>{texts.shares(kindsInWords(kinds))}</p>}
      {reasons.map((reason) => (
        <p key={reason} className={styles.reason}>
          {reason !== state && `${reasonTexts[reason].word}. `}
          {reasonTexts[reason].sentence}
        </p>
      ))}
      <p className={styles.reason}>
        {texts.changed} <Ago at={since} />
      </p>
      <AskConsent customer={customer} />
    </div>
  )
}
