import type { Partner } from '../../client.ts'
import { kindsAlone } from '../../texts/kinds.ts'
import { overviewTexts as texts } from '../../texts/overview.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { type Mood, State } from '../../ui/state.tsx'
import { Day } from '../../ui/time.tsx'
import { dateOf } from '../../ui/times.ts'

interface Reader extends Partner {
  isPaused: boolean
}

function readsOf({ consent, consentAskedAt, isPaused }: Reader): string {
  if (!consent) return consentAskedAt ? texts.nothingYet(dateOf(consentAskedAt)) : texts.nothing
  return [kindsAlone(consent.kinds), isPaused && `(${texts.paused})`].filter(Boolean).join(' ')
}

const moodOf = ({ consent, isPaused }: Reader): Mood => (!consent ? 'idle' : isPaused ? 'warn' : 'good')

const column = columnsOf<Reader>()
const columns = column.columns([
  column.accessor('name', { header: texts.columns.partner, sortFn: 'text', meta: { heads: true } }),
  column.accessor(readsOf, {
    id: 'reads',
    header: texts.columns.reads,
    sortFn: 'text',
    cell: ({ row: { original }, getValue }) => <State mood={moodOf(original)}>{getValue()}</State>,
  }),
  column.accessor(({ consent }) => consent?.givenAt ?? '', {
    id: 'since',
    header: texts.columns.since,
    sortFn: 'basic',
    cell: ({ getValue }) => getValue() && <Day at={getValue()} />,
  }),
  column.accessor(({ administratorAccess }) => (administratorAccess ? texts.administers.yes : texts.administers.no), {
    id: 'administers',
    header: texts.columns.administers,
    sortFn: 'text',
  }),
])

/** Which partners read what, as far as they may now. */
export function Access({ partners, isPaused }: { partners: Partner[]; isPaused: boolean }) {
  if (partners.length === 0) {
    return <p>{texts.noPartners}</p>
  }
  return (
    <>
      {partners.every(({ consent }) => !consent) && <p>{texts.nobody}</p>}
      <DataTable
        label={texts.partners}
        columns={columns}
        rows={partners.map((partner) => ({ ...partner, isPaused }))}
        rowId={({ partnershipId }) => partnershipId}
        moreText={portalTexts.more}
      />
    </>
  )
}
