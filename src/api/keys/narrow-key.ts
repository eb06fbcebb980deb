import { idFrom } from '../../domain/ids.ts'
import { problem } from '../../http/problem.ts'
import type { Db } from '../../store/database.ts'
import {
  addKeyOrganizations,
  type KeyToChange,
  keepKeyOrganizations,
  narrowKeyNetworks,
  specifyKey,
  updateKey,
} from '../../store/keys.ts'
import type { Narrowing } from './update-key.ts'

type Present = KeyToChange & { id: string; company: string }

/** Takes rights from a key, which is locked, and says whether there were any to take. Throws where it would have more than before. */
export async function narrowKey(tx: Db, present: Present, wanted: Narrowing): Promise<boolean> {
  const customers = await narrowCustomers(tx, present, wanted)
  const end = await narrowEnd(tx, present, wanted.expiresAt)
  return (await narrowNetworks(tx, present, wanted.networks)) || customers || end
}

async function narrowEnd(tx: Db, { id, expiresAt: until }: Present, expiresAt: Narrowing['expiresAt']): Promise<boolean> {
  if (expiresAt === undefined || expiresAt === until) return false
  if (until !== null && (expiresAt === null || new Date(expiresAt) > new Date(until))) {
    throw problem('key-widened', { detail: `This key expires at ${until}. To read for longer, generate a new key.` })
  }
  await updateKey(tx, id, { expiresAt: expiresAt ?? undefined })
  return true
}

async function narrowNetworks(tx: Db, { id, networks: present }: Present, networks: Narrowing['networks']): Promise<boolean> {
  if (networks === undefined || (networks === null && present === null)) return false
  if (networks === null || !(await narrowKeyNetworks(tx, id, networks))) {
    throw problem('key-widened', {
      detail: `This key is accepted from ${present?.join(', ')} alone. To use one from elsewhere, generate a new key.`,
    })
  }
  return true
}

async function narrowCustomers(tx: Db, present: Present, { kind, organizationIds }: Narrowing): Promise<boolean> {
  if (kind === 'specific' && present.kind === 'all') {
    if (organizationIds === undefined) {
      throw problem('request-malformed', {
        detail: 'body.organizationIds: to be given where a key becomes one for specific customers',
      })
    }
    await specifyKey(tx, present.id)
    const wanted = [...new Set(organizationIds.map((id) => idFrom<string>(id)))]
    const added = await addKeyOrganizations(tx, present.company, present.id, wanted)
    // Not connected and not there look the same (I4).
    const missing = wanted.filter((id) => !added.includes(id))
    if (missing.length > 0) throw problem('customer-not-connected', { extension: { organizationIds: missing } })
    return true
  }
  if (kind === 'all' && present.kind === 'specific') {
    throw problem('key-widened', { detail: 'This key is for specific customers. To read all of them, generate a new key.' })
  }
  if (kind !== undefined && kind !== present.kind) {
    throw problem('request-malformed', { detail: `body.kind: a key of kind ${present.kind} does not become one of kind ${kind}` })
  }
  if (organizationIds === undefined) return false
  if (present.kind !== 'specific') {
    throw problem('request-malformed', { detail: 'body.organizationIds: only a key for specific customers has a set' })
  }
  if (organizationIds.some((organization) => !present.organizationIds.includes(organization))) {
    throw problem('key-widened', {
      detail: "These customers are not all in the key's set. To read more customers, generate a new key.",
    })
  }
  await keepKeyOrganizations(tx, present.id, organizationIds)
  return present.organizationIds.length > new Set(organizationIds).size
}
