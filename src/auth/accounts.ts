import type { Context } from '../context.ts'
import { type Addresses, addresses } from './accounts/addresses.ts'
import { type Confirmations, confirmations } from './accounts/confirmations.ts'
import { openLibrary } from './accounts/library.ts'
import { type Passkeys, passkeys } from './accounts/passkeys.ts'
import { type Passwords, passwords } from './accounts/passwords.ts'
import { type Providers, providers } from './accounts/providers.ts'
import { type Registration, registration } from './accounts/registration.ts'
import { type Sessions, sessions } from './accounts/sessions.ts'
import { type TwoFactor, twoFactors } from './accounts/two-factor.ts'

/** People's accounts and sessions, on the accounts library: every change with its act in the record and its mails in one transaction. */
export interface Accounts extends Sessions {
  registration: Registration
  passwords: Passwords
  addresses: Addresses
  twoFactor: TwoFactor
  passkeys: Passkeys
  providers: Providers
  confirmations: Confirmations
}

export async function openAccounts(context: Context): Promise<Accounts> {
  const library = await openLibrary(context)
  const ofPasskeys = passkeys(library)
  return {
    ...sessions(library),
    registration: registration(library),
    passwords: passwords(library),
    addresses: addresses(library),
    twoFactor: twoFactors(library),
    passkeys: ofPasskeys,
    providers: providers(library),
    confirmations: confirmations(library, ofPasskeys),
  }
}
