import type { Caller } from '../auth/caller.ts'
import type { Context } from '../context.ts'
import type { Message } from '../email/message.ts'
import type { Who } from '../email/who.ts'
import type { whoseWhat } from '../email/whose-what.ts'
import { queueMails } from '../mail.ts'
import type { Db } from '../store/database.ts'
import { administratorsOf, companyName, type Recipient } from '../store/members.ts'

type Notice = Message<ReturnType<typeof whoseWhat.parse>>

/** Tells the administrators of the company for which the caller acts what the caller did with the key or gateway of this name: a mail each, in this transaction. */
export async function tellAdministrators(context: Context, tx: Db, caller: Caller, notice: Notice, name: string): Promise<void> {
  await tell(context, tx, caller, notice, name, await administratorsOf(tx, caller.company.id))
}

/** Tells these people the same. */
export async function tell(
  context: Context,
  tx: Db,
  caller: Caller,
  notice: Notice,
  name: string,
  recipients: readonly Recipient[],
): Promise<void> {
  const { id: companyId } = caller.company
  const company = await companyName(tx, companyId)
  const facts = { company, name, by: whoActs(caller), at: context.clock.now().toISOString() }
  await queueMails(context, tx, notice, recipients, { companyId, facts })
}

/** Who did it, as mails tell it. */
export function whoActs({ session, memberId, company }: Caller): Who {
  if (session !== null) {
    const { personName, email, companyId, companyName: own } = session.member
    const person = `${personName} (${email})`
    return companyId === company.id ? person : { person, of: own }
  }
  return { program: memberId === null ? 'command line' : 'access token' }
}
