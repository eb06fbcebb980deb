import type { Context } from '../../context.ts'
import { parseCredential } from '../../domain/credential.ts'
import { secretMatches } from '../../domain/server-secrets.ts'
import type { Subscription } from '../../domain/subscription.ts'
import { problem } from '../../http/problem.ts'
import type { Db } from '../../store/database.ts'
import { lockLicenceKey, noteRedeemed } from '../../store/licence-keys.ts'
import { addPaidPeriod } from '../../store/subscriptions.ts'

/**
 * Redeems a licence key for a customer whose row the transaction has locked: the paid period that it has added. Throws where the text is no licence
 * key, alike whether it is mistyped or made up, and where it was used or withdrawn, which only whoever holds it is told.
 */
export async function redeemed(context: Context, tx: Db, customer: string, text: string): Promise<Subscription> {
  const credential = parseCredential(text, 'lk_')
  const key = credential === null ? null : await lockLicenceKey(tx, credential.id)
  if (credential === null || key === null || !secretMatches(credential, key.secretHash, key.secretName, context.secrets)) {
    throw problem('licence-key-refused')
  }
  if (!key.isOpen) throw problem('licence-key-used')
  const added = await addPaidPeriod(tx, customer, key.days)
  await noteRedeemed(tx, credential.id, customer, added.id)
  return added
}
