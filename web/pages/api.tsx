import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { type Key, problemText } from '../client.ts'
import { keysQuery } from '../keys.ts'
import { paths } from '../paths.ts'
import { useMayChange, useSession } from '../session.ts'
import { rotateKeyTexts } from '../texts/key-changes.ts'
import { keyKindTexts, keysTexts as texts } from '../texts/keys.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { DeleteKey } from './api/delete-key.tsx'
import { keyState } from './api/key-state.ts'
import styles from './api.module.css'

const GenerateKey = lazy(async () => ({ default: (await import('./api/generate-key.tsx')).GenerateKey }))

const column = columnsOf<Key>()
const name = column.accessor('name', {
  header: texts.columns.name,
  sortFn: 'text',
  meta: { heads: true },
  cell: ({ row: { original: key } }) => (
    <>
      <TextLink to={paths.key} params={{ keyId: key.id }} className={styles.name}>
        {key.name}
      </TextLink>
      {key.replaces && <Replacing word={rotateKeyTexts.replaces} {...key.replaces} />}
      {key.replacedBy && <Replacing word={rotateKeyTexts.replacedBy} {...key.replacedBy} />}
    </>
  ),
})
const kind = column.accessor(({ kind }) => keyKindTexts[kind].word, { id: 'kind', header: texts.columns.kind, sortFn: 'text' })
const prefix = column.accessor('prefix', {
  header: texts.columns.key,
  enableSorting: false,
  cell: ({ getValue }) => <code className={styles.prefix}>{getValue()}…</code>,
})
const created = column.accessor('createdAt', {
  header: texts.columns.created,
  sortFn: 'basic',
  cell: ({ row: { original: key } }) => (
    <div>
      <Day at={key.createdAt} />
      {key.createdBy && <div className={styles.creator}>{texts.createdBy(key.createdBy)}</div>}
    </div>
  ),
})
const expires = column.accessor(({ expiresAt }) => expiresAt ?? '9999', {
  id: 'expires',
  header: texts.columns.expires,
  sortFn: 'basic',
  cell: ({ row: { original: key } }) => (key.expiresAt ? <Ago at={key.expiresAt} /> : portalTexts.never),
})
const used = column.accessor(({ lastUsedAt }) => lastUsedAt ?? '', {
  id: 'used',
  header: texts.columns.used,
  sortFn: 'basic',
  cell: ({ row: { original: key } }) => (key.lastUsedAt ? <Ago at={key.lastUsedAt} /> : texts.neverUsed),
})
const covers = column.accessor('covered', {
  header: texts.columns.covers,
  sortFn: 'basic',
  meta: { unbroken: true },
  cell: ({ row: { original: key } }) => texts.covers(key),
})
const state = column.display({
  id: 'state',
  header: texts.columns.state,
  cell: ({ row: { original: key } }) => <State {...keyState(key)} />,
})
const actions = column.display({
  id: 'actions',
  header: texts.columns.actions,
  meta: { quiet: true, atEnd: true },
  cell: ({ row: { original: key } }) => <DeleteKey keyToDelete={key} />,
})
const validColumns = column.columns([name, kind, prefix, created, expires, used, covers, actions])
const notValidColumns = column.columns([name, kind, prefix, state, created, used, actions])

/** Which key this one replaces, or which one replaces it: their names are the same, so that their ids tell them apart. */
function Replacing({ word, id }: { word: string; id: string }) {
  return (
    <div className={styles.creator}>
      {word}{' '}
      <TextLink to={paths.key} params={{ keyId: id }}>
        …_{id}
      </TextLink>
    </div>
  )
}

/** The keys of the company, and the way to a new one. */
export function ApiPage() {
  const { company } = useSession()
  const mayChange = useMayChange()
  const keys = useQuery(keysQuery)
  const [generating, setGenerating] = useState<'never' | 'open' | 'closed'>('never')
  const audience = company.kind === 'partner' ? 'partner' : 'customer'
  return (
    <Page
      title={texts.title}
      lead={
        <>
          {texts.lead[audience]}{' '}
          <Anchor href="/rest/" underline="always">
            {texts.docs}
          </Anchor>
        </>
      }
      action={mayChange && <Button onClick={() => setGenerating('open')}>{texts.generate}</Button>}
    >
      {generating !== 'never' && (
        <Suspense>
          <GenerateKey opened={generating === 'open'} onClose={() => setGenerating('closed')} />
        </Suspense>
      )}
      <Loaded query={keys} problemText={problemText}>
        {(data) => <KeyLists keys={data.keys} audience={audience} />}
      </Loaded>
      <p className={styles.by}>
        {texts.found}{' '}
        <TextLink to={paths.reportKey} size="xs" underline="always">
          {texts.report}
        </TextLink>
      </p>
      {!mayChange && <p className={styles.by}>{portalTexts.onlyAdministrators}</p>}
    </Page>
  )
}

function KeyLists({ keys, audience }: { keys: Key[]; audience: 'partner' | 'customer' }) {
  const mayChange = useMayChange()
  const valid = keys.filter((key) => key.valid)
  const notValid = keys.filter((key) => !key.valid)
  const table = { rowId: ({ id }: Key) => id, moreText: portalTexts.more }
  return (
    <>
      <Section title={texts.valid}>
        {valid.length === 0 ? (
          <Empty title={texts.empty.title}>{texts.empty[mayChange ? audience : 'reader']}</Empty>
        ) : (
          <DataTable label={texts.valid} columns={validColumns} rows={valid} {...table} />
        )}
      </Section>
      {notValid.length > 0 && (
        <Section title={texts.notValid} lead={texts.notValidLead}>
          <DataTable label={texts.notValid} columns={notValidColumns} rows={notValid} {...table} />
        </Section>
      )}
    </>
  )
}
