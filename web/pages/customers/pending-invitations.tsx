import type { CustomerInvitation } from '../../client.ts'
import { pendingTexts as texts } from '../../texts/customer-invitations.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { Ago, Day } from '../../ui/time.tsx'
import { InvitationActions } from './invitation-actions.tsx'

const column = columnsOf<CustomerInvitation>()
const columns = column.columns([
  column.accessor('organizationName', { header: texts.columns.name, sortFn: 'text', meta: { heads: true } }),
  column.accessor('email', { header: texts.columns.email, sortFn: 'text' }),
  column.accessor('sentAt', { header: texts.columns.sent, sortFn: 'basic', cell: ({ getValue }) => <Ago at={getValue()} /> }),
  column.accessor('expiresAt', {
    header: texts.columns.until,
    sortFn: 'basic',
    cell: ({ row: { original } }) =>
      original.state === 'expired' ? <State mood="warn">{texts.expired}</State> : <Day at={original.expiresAt} />,
  }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => <InvitationActions invitation={original} />,
  }),
])

/** Whom the partner has invited and who has not joined yet. */
export function PendingInvitations({ invitations }: { invitations: CustomerInvitation[] }) {
  return (
    <Section title={texts.title}>
      <DataTable label={texts.table} columns={columns} rows={invitations} rowId={({ id }) => id} moreText={portalTexts.more} />
    </Section>
  )
}
