import { accountExists, addressChanged, confirmNewAddress, resetPassword, verifyAddress } from './account-links.ts'
import { sessionsEnded, twoFactorReset } from './by-administrator.ts'
import type { NamedMessage } from './message.ts'
import {
  newSignInPlace,
  passkeyAdded,
  passkeyRemoved,
  passwordChanged,
  recoveryCodesRenewed,
  twoFactorOff,
  twoFactorOn,
} from './security-notice.ts'

const all: readonly NamedMessage[] = [
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
  sessionsEnded,
]

/** Every kind of mail by its name, which mails keep: a name that was in use stays here. */
export const messages: ReadonlyMap<string, NamedMessage> = new Map(all.map((one) => [one.name, one]))
