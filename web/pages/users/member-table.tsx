import type { Member } from '../../client.ts'
import { useMayChange, useSession } from '../../session.ts'
import { portalTexts, roleTexts } from '../../texts/portal.ts'
import { usersTexts as texts } from '../../texts/users.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Day } from '../../ui/time.tsx'
import { ChangeRole } from './change-role.tsx'
import { MemberSignIn } from './member-sign-in.tsx'
import { RemoveMember } from './remove-member.tsx'

const column = columnsOf<Member>()
const columns = column.columns([
  column.accessor('name', {
    header: texts.members.columns.name,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => <Name member={original} />,
  }),
  column.accessor('email', { header: texts.members.columns.email, sortFn: 'text' }),
  column.accessor(({ role }) => roleTexts[role], { id: 'role', header: texts.members.columns.role, sortFn: 'text' }),
  column.accessor('joinedAt', {
    header: texts.members.columns.joined,
    sortFn: 'basic',
    cell: ({ getValue }) => <Day at={getValue()} />,
  }),
  column.display({
    id: 'actions',
    header: texts.members.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => <Actions member={original} />,
  }),
])

/** The members of a company: at least whoever looks. */
export function MemberTable({ members }: { members: Member[] }) {
  return (
    <DataTable label={texts.members.table} columns={columns} rows={members} rowId={({ id }) => id} moreText={portalTexts.more} />
  )
}

function Name({ member }: { member: Member }) {
  const { person } = useSession()
  return member.personId === person.id ? texts.members.you(member.name) : member.name
}

function Actions({ member }: { member: Member }) {
  return useMayChange() ? (
    <>
      <ChangeRole member={member} />
      <MemberSignIn member={member} />
      <RemoveMember member={member} />
    </>
  ) : null
}
