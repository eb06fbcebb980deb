import { administratorAccessEndedMail } from './administrator-access-ended.ts'
import { administratorAccessGrantedMail } from './administrator-access-granted.ts'
import { customerInvitationMail } from './customer-invitation.ts'
import { customerJoinedMail } from './customer-joined.ts'
import type { NamedMessage } from './message.ts'
import { partnerConnectedMail } from './partner-connected.ts'
import { partnerRemovedMail } from './partner-removed.ts'

const all: readonly NamedMessage[] = [
  customerInvitationMail,
  customerJoinedMail,
  partnerConnectedMail,
  partnerRemovedMail,
  administratorAccessGrantedMail,
  administratorAccessEndedMail,
]

/** Every kind of mail by its name, which mails keep: a name that was in use stays here. */
export const messages: ReadonlyMap<string, NamedMessage> = new Map(all.map((one) => [one.name, one]))
