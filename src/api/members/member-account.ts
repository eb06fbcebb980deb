import type { Caller } from '../../auth/caller.ts'
import { problem } from '../../http/problem.ts'
import { type AccountRow, accountOfMember } from '../../store/accounts.ts'
import type { Db } from '../../store/database.ts'

/** The account of a member of the caller's company; for the vendor, of any. Throws not-found. */
export async function memberAccount(tx: Db, { company }: Caller, member: string): Promise<AccountRow> {
  const account = await accountOfMember(tx, member, company.kind === 'vendor' ? null : company.id)
  if (account === null) throw problem('not-found')
  return account
}

/** What a mail calls whoever acts: a person's name; null: a program with an access token. */
export function administratorName({ caller }: { caller: Caller }): string | null {
  return caller.session?.member.personName ?? null
}
