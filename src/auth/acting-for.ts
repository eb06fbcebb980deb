import type { Context } from '../context.ts'
import { idFrom } from '../domain/ids.ts'
import { problem } from '../http/problem.ts'
import { administers } from '../store/administrator-grants.ts'
import type { Caller } from './caller.ts'

/** Names the customer for which an administrator of its partner acts. */
export const companyHeader = 'assent-company'

/**
 * The caller as one who acts for a customer: an administrator of a partner, signed in, to whose company the customer has granted that, as the
 * database says at this moment (I2). He stays himself in the record of acts, and as a caller of the coverage (I1). Throws not-allowed in every
 * other case, alike whether there is no grant now or no such customer (I4).
 */
export async function actingFor(context: Context, caller: Caller, customer: string): Promise<Caller> {
  const may =
    caller.company.kind === 'partner' &&
    caller.role === 'administrator' &&
    caller.session !== null &&
    (await administers(context.db.request, caller.company.id, idFrom(customer)))
  if (!may) {
    throw problem('not-allowed', {
      detail: 'You cannot act for this company. Its administrators can grant administrator access to yours.',
    })
  }
  return { ...caller, company: { id: customer, kind: 'customer' } }
}
