import { useState } from 'react'
import type { Key, KeyOrganization } from '../../client.ts'
import { matching } from '../../customers.ts'
import { paths } from '../../paths.ts'
import { reasonTexts } from '../../texts/coverage.ts'
import { keyTexts as texts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/query.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import styles from './key-coverage.module.css'
import { keySet } from './key-set.ts'
import { RemoveCustomer } from './remove-customer.tsx'

type Row = KeyOrganization & { narrowed?: Key }

const column = columnsOf<Row>()
const label = column.accessor('label', {
  header: texts.columns.customer,
  sortFn: 'text',
  meta: { heads: true },
  cell: ({ row: { original } }) => (
    <TextLink to={paths.customer} params={{ organizationId: original.organizationId }}>
      {original.label}
    </TextLink>
  ),
})
const covered = column.accessor(({ covered }) => (covered ? texts.covered : texts.notCovered), {
  id: 'covered',
  header: texts.columns.covered,
  sortFn: 'text',
  cell: ({ row, getValue }) => <State mood={row.original.covered ? 'good' : 'warn'}>{getValue()}</State>,
})
const why = column.display({
  id: 'why',
  header: texts.columns.why,
  cell: ({ row: { original } }) =>
    original.reasons.length > 0 && (
      <div>
        {original.reasons.map((reason) => (
          <p key={reason} className={styles.reason}>
            <strong>{reasonTexts[reason].word}.</strong> {reasonTexts[reason].sentence}
          </p>
        ))}
      </div>
    ),
})
const actions = column.display({
  id: 'actions',
  header: texts.columns.actions,
  meta: { quiet: true, atEnd: true },
  cell: ({ row: { original } }) => original.narrowed && <RemoveCustomer narrowed={original.narrowed} customer={original} />,
})
const columns = column.columns([label, covered, why])
const columnsToNarrow = column.columns([label, covered, why, actions])

/** What a key reads now and, of the rest, why not. */
export function KeyCoverage({ keyShown: key }: { keyShown: Key }) {
  if (key.kind === 'demo') {
    return <p>{texts.demoCoverage}</p>
  }
  if (key.kind === 'own') {
    return <p>{key.covered > 0 ? texts.ownCoverage.covered : texts.ownCoverage.not}</p>
  }
  return (
    <Section title={texts.coverage} lead={texts.coverageLead[key.kind]}>
      <Organizations keyShown={key} />
    </Section>
  )
}

function Organizations({ keyShown: key }: { keyShown: Key }) {
  const [search, setSearch] = useState('')
  const organizations = keySet(key)
  if (organizations.length === 0) {
    return <Empty title={texts.noneConnected.title}>{texts.noneConnected.text}</Empty>
  }
  // One customer must remain: a key for none is deleted instead.
  const mayNarrow = key.kind === 'specific' && organizations.length > 1
  const rows = matching(organizations, search).map((row) => (mayNarrow ? { ...row, narrowed: key } : row))
  return (
    <>
      {organizations.length > 10 && (
        <SearchField label={texts.search} value={search} onChange={setSearch} className={styles.search} />
      )}
      <DataTable
        label={texts.coverage}
        columns={mayNarrow ? columnsToNarrow : columns}
        rows={rows}
        rowId={({ organizationId }) => organizationId}
        moreText={portalTexts.more}
      />
    </>
  )
}
