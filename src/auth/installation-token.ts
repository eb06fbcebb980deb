import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { newCredential, parseCredential } from '../domain/credential.ts'
import { hashSecret, secretMatches } from '../domain/server-secrets.ts'
import { writePrivateFile } from '../secret-file.ts'
import { createAccessToken, deleteAccessToken } from '../store/access-tokens.ts'
import type { Actor } from '../store/database.ts'
import { tokenById } from '../store/members.ts'
import { ensureVendor } from './vendor.ts'

const lastsDays = 30
const renewedBeforeDays = 15
const dayMs = 24 * 60 * 60 * 1000
const actor: Actor = { kind: 'system' }

/**
 * Keeps the command line's access token, of the vendor, in the file `cli-token` of the data directory (mode 0600), and the
 * server's address beside it in the file `url`. A token that is near its end, or not of this database, is replaced.
 */
export async function ensureInstallationToken(context: Context): Promise<void> {
  const { config, db, clock, secrets } = context
  const file = join(config.dataDir, 'cli-token')
  writePrivateFile(join(config.dataDir, 'url'), `${config.url}\n`)

  const present = parseCredential(textOf(file), 'at_')
  const row = present === null ? null : await tokenById(db.system, present.id)
  const good = present !== null && row !== null && secretMatches(present, row.secretHash, row.secretName, secrets)
  const now = clock.now().getTime()
  if (good && row.secretName === secrets.current.name && new Date(row.expiresAt).getTime() > now + renewedBeforeDays * dayMs)
    return

  const vendor = await ensureVendor(db)
  const credential = newCredential('at_', clock)
  const { hash, secretName } = hashSecret(credential, secrets)
  const token = {
    id: credential.id,
    name: 'Command line of this installation',
    role: 'administrator' as const,
    expiresAt: new Date(now + lastsDays * dayMs).toISOString(),
    secretHash: hash,
    secretName,
    memberId: null,
  }
  await db.transaction('system', actor, (tx) => createAccessToken(tx, vendor, token))
  writePrivateFile(file, `${credential.text}\n`)
  if (good && row.memberId === null) await db.transaction('system', actor, (tx) => deleteAccessToken(tx, vendor, row.tokenId))
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
