import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { problemText } from '../client.ts'
import { useMayChange, useSession } from '../session.ts'
import { portalTexts } from '../texts/portal.ts'
import { usersTexts as texts } from '../texts/users.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { invitationsQuery, membersQuery } from '../users.ts'
import { InvitationTable } from './users/invitation-table.tsx'
import { MemberTable } from './users/member-table.tsx'

const InviteDialog = lazy(async () => ({ default: (await import('./users/invite-dialog.tsx')).InviteDialog }))

/** Who signs in for one's company, and who is invited to. */
export function UsersPage() {
  const members = useQuery(membersQuery)
  const invitations = useQuery(invitationsQuery)
  const mayChange = useMayChange()
  const { visit } = useSession()
  const [inviting, { open, close }] = useDisclosure(false)
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      // Every member may invite; the vendor, who only views, may not.
      action={!visit && <Button onClick={open}>{portalTexts.invite}</Button>}
    >
      <Suspense>{inviting && <InviteDialog onClose={close} />}</Suspense>
      <Section title={texts.members.title}>
        <Loaded query={members} problemText={problemText}>
          {(data) => <MemberTable members={data.members} />}
        </Loaded>
      </Section>
      <Section title={texts.invitations.title} lead={texts.invitations.lead}>
        <Loaded query={invitations} problemText={problemText}>
          {(data) => <InvitationTable invitations={data.invitations} />}
        </Loaded>
      </Section>
      {!mayChange && <p>{portalTexts.onlyAdministrators}</p>}
    </Page>
  )
}
