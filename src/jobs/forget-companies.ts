import type { Context } from '../context.ts'
import { companiesToForget, deleteClosedCompany } from '../store/closing.ts'
import { erasePerson } from '../store/erasure.ts'
import { purgeOrganization } from '../store/ingest/purge.ts'

/**
 * Takes companies that were closed 30 days ago out of the database: what their gateways sent, the accounts of their people, and all else
 * of theirs. The record of acts stays, and verifies. What an interrupted run left is done by the next.
 */
export async function forgetCompanies({ db, log }: Pick<Context, 'db' | 'log'>): Promise<void> {
  for (const { id, people } of await companiesToForget(db.system)) {
    await purgeOrganization(db.system, id)
    for (const person of people) await db.transaction('system', { kind: 'system' }, (tx) => erasePerson(tx, person))
    await db.transaction('system', { kind: 'system' }, (tx) => deleteClosedCompany(tx, id))
    log.info({ company: id, people: people.length }, 'closed company forgotten')
  }
}
