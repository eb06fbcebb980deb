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

/** The partner with this Partner ID. Throws partner-not-found: alike for none, for a suspended one and, but for a hint, for no such form. */
export function partnerWithTypedId(db: Db, typed: string): Promise<CompanyOfPartner> {
  return partnerFound(db, typed, isPartnerId(typed) ? typed : null)
}

/** The same; or the partner whose Partner ID is what this text makes, since people type what it is called. */
export function partnerWithTypedIdOrName(db: Db, typed: string): Promise<CompanyOfPartner> {
  const madeOfName = /[A-Z0-9]/.test(typed) ? partnerIdOf(typed) : null
  return partnerFound(db, typed, isPartnerId(typed) ? typed : madeOfName)
}

type CompanyOfPartner = FoundPartner & { companyId: string }

function isPartnerId(typed: string): boolean {
  return partnerId.safeParse(typed).success
}

async function partnerFound(db: Db, typed: string, id: string | null): Promise<CompanyOfPartner> {
  const found = id === null ? null : await partnerWithId(db, id)
  if (found !== null) return found
  if (isPartnerId(typed)) throw problem('partner-not-found')
  throw problem('partner-not-found', {
    detail:
      'No partner has this Partner ID: it is made of letters, digits and underscores, such as ACME_INC. Ask the partner for it.',
  })
}
