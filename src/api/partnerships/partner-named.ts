import { z } from 'zod'
import { partnerId, partnerIdOf } from '../../domain/company.ts'
import type { FoundPartner } from '../../domain/partnership.ts'
import { problem } from '../../http/problem.ts'
import type { Db } from '../../store/database.ts'
import { partnerWithId } from '../../store/partnerships.ts'

/** A Partner ID as somebody types it: any short text, in whatever case, since one that is none is simply not found. */
export const typedPartnerId = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(200)
  .toUpperCase()
  .describe('The Partner ID, in whatever case.')

/**
 * The partner with this Partner ID; `orItsName`: or whose Partner ID is what this text makes, since people type what it is called. Throws
 * partner-not-found: alike for none, for a suspended one and, but for a hint, for no such form.
 */
export async function partnerNamed(db: Db, typed: string, orItsName = false): Promise<FoundPartner & { companyId: string }> {
  const isId = partnerId.safeParse(typed).success
  const isName = orItsName && /[A-Z0-9]/.test(typed)
  const found = isId || isName ? await partnerWithId(db, isId ? typed : partnerIdOf(typed)) : null
  if (found !== null) return found
  if (isId) throw problem('partner-not-found')
  throw problem('partner-not-found', {
    detail:
      'No partner has this Partner ID: it is made of letters, digits and underscores, such as ACME_INC. Ask the partner for it.',
  })
}
