import type { Context } from '../context.ts'
import { foundVendor, vendorId } from '../store/companies.ts'
import type { Actor, Database } from '../store/database.ts'
import { hasMembers } from '../store/members.ts'
import { deleteOpenSetupLinks } from '../store/setup-links.ts'
import { newSetupLink } from './setup-link.ts'

const actor: Actor = { kind: 'system' }

/** The vendor's id. In an empty database it is made, under this name until somebody changes it. */
export async function ensureVendor(db: Database, name = 'Vendor'): Promise<string> {
  return (await vendorId(db.system)) ?? db.transaction('system', actor, (tx) => foundVendor(tx, name))
}

/**
 * A link for the vendor's first account; null where somebody can sign in for the vendor already. A link that was made before
 * and not used ends.
 */
export async function vendorSetupLink(context: Context): Promise<{ url: string; expiresAt: string } | null> {
  const vendor = await ensureVendor(context.db)
  if (await hasMembers(context.db.system, vendor)) return null
  return context.db.transaction('system', actor, async (tx) => {
    await deleteOpenSetupLinks(tx, vendor)
    return newSetupLink(context, tx, vendor, { role: 'administrator', email: null })
  })
}
