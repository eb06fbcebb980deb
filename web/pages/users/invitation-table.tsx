import type { Invitation } from '../../client.ts'
import { useMayChange } from '../../session.ts'
import { portalTexts, roleTexts } from '../../texts/portal.ts'
import { usersTexts } from '../../texts/users.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/query.tsx'
import { State } from '../../ui/state.tsx'
import { Day } from '../../ui/time.tsx'
import { RevokeInvitation } from './revoke-invitation.tsx'
import { SendInvitation } from './send-invitation.tsx'

const texts = usersTexts.invitations

const column = columnsOf<Invitation>()
const columns = column.columns([
  column.accessor('email', { header: texts.columns.email, sortFn: 'text', meta: { heads: true } }),
  column.accessor(({ state }) => texts.states[state], {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original }, getValue }) => <State mood={original.state === 'pending' ? 'good' : 'warn'}>{getValue()}</State>,
  }),
  column.accessor(({ role }) => roleTexts[role], { id: 'role', header: texts.columns.role, sortFn: 'text' }),
  column.accessor(({ invitedBy }) => invitedBy ?? texts.unknown, { id: 'by', header: texts.columns.by, sortFn: 'text' }),
  column.accessor('expiresAt', { header: texts.columns.until, sortFn: 'basic', cell: ({ getValue }) => <Day at={getValue()} /> }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => <Actions invitation={original} />,
  }),
])

/** Invitations that are neither accepted nor revoked. */
export function InvitationTable({ invitations }: { invitations: Invitation[] }) {
  return invitations.length === 0 ? (
    <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
  ) : (
    <DataTable label={texts.table} columns={columns} rows={invitations} rowId={({ id }) => id} moreText={portalTexts.more} />
  )
}

function Actions({ invitation }: { invitation: Invitation }) {
  return useMayChange() ? (
    <>
      <SendInvitation invitation={invitation} />
      <RevokeInvitation invitation={invitation} />
    </>
  ) : null
}
