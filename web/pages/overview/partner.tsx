import { useQuery } from '@tanstack/react-query'
import { type CoverageChange, type Key, problemText } from '../../client.ts'
import { customerChangesQuery, customersQuery } from '../../customers.ts'
import { keysQuery } from '../../keys.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.ts'
import { coverageChangeTexts, partnerOverviewTexts as texts } from '../../texts/customer.ts'
import { keysTexts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { CopyIconButton } from '../../ui/copy.tsx'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Ago } from '../../ui/time.tsx'
import { Usage } from '../api/usage.tsx'
import page from '../customers.module.css'
import styles from './partner.module.css'

const soonMs = 30 * 24 * 60 * 60 * 1000

const change = columnsOf<CoverageChange>()
const changeColumns = change.columns([
  change.accessor('label', {
    header: texts.columns.customer,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.customer} params={{ organizationId: original.organizationId }}>
        {original.label}
      </TextLink>
    ),
  }),
  change.accessor(({ change }) => coverageChangeTexts[change].word, {
    id: 'change',
    header: texts.columns.change,
    sortFn: 'text',
    cell: ({ row, getValue }) => <State mood={coverageChangeTexts[row.original.change].mood}>{getValue()}</State>,
  }),
  change.accessor('at', { header: texts.columns.when, sortFn: 'basic', cell: ({ getValue }) => <Ago at={getValue()} /> }),
])

const key = columnsOf<Key>()
const keyColumns = key.columns([
  key.accessor('name', {
    header: texts.keyColumns.name,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.key} params={{ keyId: original.id }}>
        {original.name}
      </TextLink>
    ),
  }),
  key.accessor(({ expiresAt }) => expiresAt ?? '', {
    id: 'expires',
    header: texts.keyColumns.expires,
    sortFn: 'basic',
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
  key.accessor(({ lastUsedAt }) => lastUsedAt ?? '', {
    id: 'used',
    header: texts.keyColumns.used,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.lastUsedAt ? <Ago at={original.lastUsedAt} /> : keysTexts.neverUsed),
  }),
])

/** A partner's first page: how many customers are read, what changed, and what is about to end. */
export function PartnerOverview() {
  const { partnerId } = useSession().company
  return (
    <Page title={texts.title}>
      <Section title={texts.customers} framed>
        <Customers />
      </Section>
      <Section title={texts.expiring} lead={texts.expiringLead} action={<TextLink to={paths.keys}>{texts.toKeys}</TextLink>}>
        <ExpiringKeys />
      </Section>
      <Usage />
      <Section title={texts.changes} lead={texts.changesLead}>
        <Changes />
      </Section>
      {partnerId && (
        <p className={page.id}>
          {texts.partnerId} {partnerId}
          <CopyIconButton text={partnerId} label={texts.copyPartnerId} texts={portalTexts} />
        </p>
      )}
    </Page>
  )
}

function Customers() {
  const customers = useQuery(customersQuery)
  return (
    <Loaded query={customers} problemText={problemText}>
      {({ customers: all }) => {
        const without = (part: string) => all.filter(({ reasons }) => reasons.some((reason) => reason.includes(part))).length
        const reasons = [
          [without('consent'), texts.waiting],
          [without('subscription'), texts.lapsed],
          [without('suspended'), texts.suspended],
        ] as const
        return (
          <div className={styles.summary}>
            <p className={styles.figure}>
              {all.length === 0
                ? texts.noCustomers
                : texts.valid(all.filter(({ state }) => state === 'valid').length, all.length)}
            </p>
            <ul className={styles.reasons}>
              {reasons.map(([count, text]) => count > 0 && <li key={text(count)}>{text(count)}</li>)}
            </ul>
            <TextLink to={paths.customers}>{texts.toCustomers}</TextLink>
          </div>
        )
      }}
    </Loaded>
  )
}

function ExpiringKeys() {
  const keys = useQuery(keysQuery)
  return (
    <Loaded query={keys} problemText={problemText}>
      {(data) => {
        const rows = data.keys
          .filter(({ valid, expiresAt }) => valid && expiresAt && new Date(expiresAt).getTime() - Date.now() < soonMs)
          .sort((one, other) => (one.expiresAt ?? '').localeCompare(other.expiresAt ?? ''))
        return rows.length === 0 ? (
          <p>{texts.noneExpiring}</p>
        ) : (
          <DataTable label={texts.expiring} columns={keyColumns} rows={rows} rowId={({ id }) => id} moreText={portalTexts.more} />
        )
      }}
    </Loaded>
  )
}

function Changes() {
  const changes = useQuery(customerChangesQuery)
  return (
    <Loaded query={changes} problemText={problemText}>
      {({ changes: rows }) =>
        rows.length === 0 ? (
          <Empty title={texts.noChanges.title}>{texts.noChanges.text}</Empty>
        ) : (
          <DataTable
            label={texts.changes}
            columns={changeColumns}
            rows={rows}
            rowId={({ organizationId, at, change }) => `${organizationId} ${at} ${change}`}
            moreText={portalTexts.more}
          />
        )
      }
    </Loaded>
  )
}
