import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from '../src/secret-file.ts'

/** What a person or a script needs to try things: the content of world.json. Its passwords and keys are in clear there alone. */
const worldSchema = z.object({
  url: z.string(),
  people: z.array(
    z.object({ company: z.string(), kind: z.enum(['vendor', 'partner', 'customer']), email: z.string(), password: z.string() }),
  ),
  organizations: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      state: z.enum(['valid', 'no consent', 'no active subscription', 'not connected']),
      /** The id of the made-up gateway, which this server is; worlds of earlier versions have none. */
      gateway: z.string().optional(),
    }),
  ),
  keys: z.object({ all: z.string(), specific: z.string(), demo: z.string(), own: z.string() }),
})
export type World = z.infer<typeof worldSchema>

export function worldPath(dataDir: string): string {
  return join(dataDir, 'world.json')
}

/** Writes world.json whole or not at all, readable by its owner alone. */
export function writeWorld(dataDir: string, world: World): void {
  writePrivateFile(worldPath(dataDir), `${JSON.stringify(world, null, 2)}\n`)
}

/** The world that is written there; null where there is none, or what is there is no world (a person may have edited it). */
export function readWorld(dataDir: string): World | null {
  const path = worldPath(dataDir)
  if (!existsSync(path)) return null
  try {
    return worldSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}
