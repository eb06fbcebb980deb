import type { Context } from '../context.ts'
import { idFrom } from '../domain/ids.ts'
import { problem } from '../http/problem.ts'
import { administeredCustomer } from '../store/administrator-grants.ts'
import { type Caller, needsTwoFactor } from './caller.ts'

/** Names the customer for which an administrator of its partner acts. */
export const companyHeader = 'assent-company'

/**
 * The caller as one who acts for a customer: an administrator of a partner, signed in, to whose company the customer has granted that, as the
 * database says at this moment (I2). He stays himself in the record of acts, and as a caller of the coverage (I1). Throws not-allowed in every
 * other case, alike whether there is no grant now or no such customer (I4); two-factor-needed where the customer wants a second factor that the
 * session does not have: what it demands of its own people holds for whoever acts for it.
 */
export async function actingFor(context: Context, caller: Caller, customer: string): Promise<Caller> {
  const { company, role, session } = caller
  const administered =
    company.kind === 'partner' && role === 'administrator' && session !== null
      ? await administeredCustomer(context.db.request, company.id, idFrom(customer))
      : null
  if (session === null || administered === null) {
    throw problem('not-allowed', {
      detail: 'You cannot act for this company. Its administrators can grant administrator access to yours.',
    })
  }
  // What the partner says of its own provider is no second factor to the customer.
  const asked = { ...session.member, requiresTwoFactor: true, providerTwoFactors: false }
  if (administered.requiresTwoFactor && needsTwoFactor(asked, session.method)) {
    throw problem('two-factor-needed', {
      detail: 'This customer wants a second factor of whoever acts for it. Set one up for your account, then go on.',
    })
  }
  return { ...caller, company: { id: customer, kind: 'customer' } }
}
