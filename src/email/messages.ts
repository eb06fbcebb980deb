import { invitationMessage } from './invitation.ts'
import { invitationApprovalMessage } from './invitation-approval.ts'
import { memberJoinedMessage } from './member-joined.ts'
import { memberRemovedMessage } from './member-removed.ts'
import type { NamedMessage } from './message.ts'
import { roleChangedMessage } from './role-changed.ts'

const all: readonly NamedMessage[] = [
  invitationMessage,
  invitationApprovalMessage,
  memberJoinedMessage,
  roleChangedMessage,
  memberRemovedMessage,
]

/** Every kind of mail by its name, which mails keep: a name that was in use stays here. */
export const messages: ReadonlyMap<string, NamedMessage> = new Map(all.map((one) => [one.name, one]))
