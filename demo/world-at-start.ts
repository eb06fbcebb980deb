import { demoGateway } from '../src/store/gateways.ts'
import type { WorldContext } from './building.ts'
import { worldReminder, worldSummary } from './summary.ts'
import { buildWorld } from './world.ts'
import { readWorld, writeWorld } from './world-file.ts'

/**
 * Builds the world to try things in where the database has no company yet, and answers what to say of it to whoever started the
 * server: all of it when it was made, where to find it later. Null where there is none, since the server was first started without,
 * or its file was taken away. A file of a start under another address gets the present one.
 */
export async function worldAtStart(context: WorldContext): Promise<string | null> {
  const { url, dataDir } = context.config
  const built = await buildWorld(context)
  if (built !== null) return worldSummary(built, url, dataDir)
  const standing = (await demoGateway(context.db.system)) === null ? null : readWorld(dataDir)
  if (standing === null) return null
  if (standing.url !== url) writeWorld(dataDir, { ...standing, url })
  return worldReminder(url, dataDir)
}
