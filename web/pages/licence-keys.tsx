import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { type LicenceKey, problemText } from '../client.ts'
import { licenceKeysQuery } from '../licence-keys.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { licenceKeysTexts as texts } from '../texts/licence-keys.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { type Mood, State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Day } from '../ui/time.tsx'
import { WithdrawLicenceKey } from './licence-keys/withdraw-licence-key.tsx'

const MakeLicenceKey = lazy(async () => ({
  default: (await import('./licence-keys/make-licence-key.tsx')).MakeLicenceKey,
}))

const moods: Record<LicenceKey['state'], Mood> = { open: 'good', redeemed: 'idle', withdrawn: 'bad' }

const column = columnsOf<LicenceKey>()
const columns = column.columns([
  column.accessor('prefix', {
    header: texts.columns.key,
    enableSorting: false,
    meta: { heads: true },
    cell: ({ getValue }) => <code>{getValue()}…</code>,
  }),
  column.accessor('days', {
    header: texts.columns.days,
    sortFn: 'basic',
    cell: ({ getValue }) => texts.days(getValue()),
  }),
  column.accessor(({ note }) => note ?? texts.nothing, { id: 'note', header: texts.columns.note, sortFn: 'text' }),
  column.accessor('state', {
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original } }) => <StateOf licenceKey={original} />,
  }),
  column.accessor('createdAt', {
    header: texts.columns.made,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (
      <div>
        <Day at={original.createdAt} /> {original.createdBy && texts.by(original.createdBy)}
      </div>
    ),
  }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => original.state === 'open' && <WithdrawLicenceKey licenceKey={original} />,
  }),
])

function StateOf({ licenceKey: { state, company, redeemedAt } }: { licenceKey: LicenceKey }) {
  return (
    <div>
      <State mood={moods[state]}>{texts.states[state]}</State>
      {company && redeemedAt && (
        <div>
          {texts.redeemedFor}{' '}
          <TextLink to={paths.company} params={{ companyId: company.id }}>
            {company.name}
          </TextLink>
          , <Day at={redeemedAt} />
        </div>
      )}
    </div>
  )
}

/** The vendor's licence keys, and the way to a new one. */
export function LicenceKeysPage() {
  const keys = useQuery(licenceKeysQuery)
  const mayChange = useMayChange()
  const [making, { open, close }] = useDisclosure(false)
  return (
    <Page title={texts.title} lead={texts.lead} action={mayChange && <Button onClick={open}>{texts.make}</Button>}>
      <Suspense>{making && <MakeLicenceKey onClose={close} />}</Suspense>
      <Loaded query={keys} problemText={problemText}>
        {(data) =>
          data.licenceKeys.length === 0 ? (
            <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
          ) : (
            <DataTable
              label={texts.table}
              columns={columns}
              rows={data.licenceKeys}
              rowId={({ id }) => id}
              moreText={portalTexts.more}
            />
          )
        }
      </Loaded>
      {!mayChange && <p>{portalTexts.onlyAdministrators}</p>}
    </Page>
  )
}
