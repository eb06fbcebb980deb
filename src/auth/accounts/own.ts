import type { AccountRow } from '../../store/accounts.ts'
import type { Actor } from '../../store/database.ts'
import type { SignInMethod } from '../../store/sessions.ts'
import type { Whence } from '../whence.ts'

/** Somebody who is signed in and acts on his own account. */
export interface Own {
  account: AccountRow
  sessionId: string
  method: SignInMethod
  actor: Actor
  whence: Whence
  /** The request's Cookie header, which the library knows the session by. */
  cookie: string
}

/** The actor that what concerns an account alone is recorded under; null: whose it is to be is not known yet. */
export function actorOf(account: Pick<AccountRow, 'personId' | 'companyId'> | null, address: string): Actor {
  if (account === null) return { kind: 'person', address }
  const company = account.companyId === null ? {} : { company: account.companyId }
  return { kind: 'person', id: account.personId, address, ...company }
}
