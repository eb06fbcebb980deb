import type { Caller } from '../../auth/caller.ts'
import { idFrom } from '../../domain/ids.ts'
import type { Member } from '../../domain/member.ts'
import { problem } from '../../http/problem.ts'
import { companyById } from '../../store/companies.ts'
import type { Db } from '../../store/database.ts'
import { lockAdministrators, membersOf } from '../../store/members.ts'

/** A member whom the transaction may change, and what a mail to him says of the company and of who acts. */
export interface MemberToChange {
  member: Member
  /** Whether no other administrator is there. The company's administrators are locked. */
  lastAdministrator: boolean
  companyName: string
  /** The acting person's name; null: a token of the installation. */
  by: string | null
}

/** Throws not-found where the caller's company has no such member. */
export async function memberToChange(tx: Db, caller: Caller, given: string): Promise<MemberToChange> {
  const company = caller.company.id
  const administrators = await lockAdministrators(tx, company)
  const members = await membersOf(tx, company)
  const id = idFrom<string>(given)
  const member = members.find((one) => one.id === id)
  const companyName = (await companyById(tx, company))?.name
  if (member === undefined || companyName === undefined) throw problem('not-found')
  const by = members.find(({ personId }) => personId === caller.personId)?.name ?? null
  return { member, lastAdministrator: administrators.length === 1 && administrators[0] === id, companyName, by }
}
