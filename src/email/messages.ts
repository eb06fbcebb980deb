import { accessTokenCreated } from './access-token-created.ts'
import { accessTokenDeleted } from './access-token-deleted.ts'
import { accountExists, addressChanged, confirmNewAddress, resetPassword, verifyAddress } from './account-links.ts'
import { administratorAccessEndedMail } from './administrator-access-ended.ts'
import { administratorAccessGrantedMail } from './administrator-access-granted.ts'
import { alarmsMail } from './alarms.ts'
import { sessionsEnded, twoFactorReset } from './by-administrator.ts'
import { companyClosed } from './company-closed.ts'
import { consentEndingMail } from './consent-ending.ts'
import { consentReceiptMail } from './consent-receipt.ts'
import { consentRequestedMail } from './consent-requested.ts'
import { coverageChangedMail } from './coverage-changed.ts'
import { coverageDigestMail } from './coverage-digest.ts'
import { customerInvitationMail } from './customer-invitation.ts'
import { customerJoinedMail } from './customer-joined.ts'
import { gatewayAdded } from './gateway-added.ts'
import { gatewayRemoved } from './gateway-removed.ts'
import { gatewayTokenReplaced } from './gateway-token-replaced.ts'
import { invitationMessage } from './invitation.ts'
import { invitationApprovalMessage } from './invitation-approval.ts'
import { keyDeleted } from './key-deleted.ts'
import { keyDisabled } from './key-disabled.ts'
import { keyEnabled } from './key-enabled.ts'
import { keyExpires } from './key-expires.ts'
import { keyGenerated } from './key-generated.ts'
import { keyNarrowed } from './key-narrowed.ts'
import { keyReported } from './key-reported.ts'
import { keyRotated } from './key-rotated.ts'
import { memberJoinedMessage } from './member-joined.ts'
import { memberRemovedMessage } from './member-removed.ts'
import type { NamedMessage } from './message.ts'
import { partnerConnectedMail } from './partner-connected.ts'
import { partnerRemovedMail } from './partner-removed.ts'
import { roleChangedMessage } from './role-changed.ts'
import {
  newSignInPlace,
  passkeyAdded,
  passkeyRemoved,
  passwordChanged,
  recoveryCodesRenewed,
  twoFactorOff,
  twoFactorOn,
} from './security-notice.ts'
import { singleSignOnChanged, singleSignOnRemoved, singleSignOnTurnedOff } from './single-sign-on.ts'
import { twoFactorRequiredMessage } from './two-factor-required.ts'
import { visitBegunMail } from './visit-begun.ts'
import { webhookCreatedMail } from './webhook-created.ts'
import { webhookDisabledMail, webhookFailingMail } from './webhook-failing.ts'

const all = [
  coverageChangedMail,
  coverageDigestMail,
  alarmsMail,
  webhookCreatedMail,
  webhookFailingMail,
  webhookDisabledMail,
  keyGenerated,
  keyDeleted,
  keyDisabled,
  keyEnabled,
  keyNarrowed,
  keyRotated,
  keyExpires,
  keyReported,
  gatewayAdded,
  gatewayRemoved,
  gatewayTokenReplaced,
  accessTokenCreated,
  accessTokenDeleted,
  companyClosed,
  invitationMessage,
  invitationApprovalMessage,
  memberJoinedMessage,
  roleChangedMessage,
  memberRemovedMessage,
  verifyAddress,
  accountExists,
  resetPassword,
  confirmNewAddress,
  addressChanged,
  newSignInPlace,
  passwordChanged,
  twoFactorOn,
  twoFactorOff,
  recoveryCodesRenewed,
  passkeyAdded,
  passkeyRemoved,
  twoFactorReset,
  twoFactorRequiredMessage,
  sessionsEnded,
  singleSignOnChanged,
  singleSignOnRemoved,
  singleSignOnTurnedOff,
  customerInvitationMail,
  customerJoinedMail,
  consentRequestedMail,
  partnerConnectedMail,
  partnerRemovedMail,
  administratorAccessGrantedMail,
  administratorAccessEndedMail,
  consentReceiptMail,
  consentEndingMail,
  visitBegunMail,
] as const

/** The words of every message in a language other than English. */
export type Translation = { [One in (typeof all)[number] as One['name']]: One['compose'] }

/** Every kind of mail by its name, which mails keep: a name that was in use stays here. */
export const messages: ReadonlyMap<string, NamedMessage> = new Map(all.map((one: NamedMessage) => [one.name, one]))
