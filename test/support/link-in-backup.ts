import { gunzipSync } from 'node:zlib'
import { unseal } from '../../src/domain/sealed.ts'
import { serverSecrets } from '../../src/domain/server-secrets.ts'
import { linkPurpose } from '../../src/mail.ts'

/**
 * The link that waits to be mailed to an address, of a server in a process of its own: out of a backup, opened as the server opens it, with its
 * secret. No answer of the server shows it.
 */
export async function linkInBackup(
  url: string,
  vendor: Record<string, string>,
  secret: string,
  recipient: string,
): Promise<string> {
  const archive = await fetch(`${url}/api/v1/backup`, { headers: vendor })
  const rows = gunzipSync(await archive.bytes())
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes('"sealed_link"'))
    .map((line) => JSON.parse(line) as { recipient?: string; sealed_link?: string | null })
  const sealed = rows.findLast((row) => row.recipient === recipient)?.sealed_link
  if (!sealed) throw new Error(`No link waits to be mailed to ${recipient}.`)
  const secrets = serverSecrets(secret)
  return unseal(Buffer.from(sealed.replace(/^\\x/, ''), 'hex'), secrets.current.name, linkPurpose, secrets) as string
}
