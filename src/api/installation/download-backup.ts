import { once } from 'node:events'
import { createGzip, type Gzip } from 'node:zlib'
import { managementOperation } from '../../http/management.ts'
import { writeBackup } from '../../store/backup.ts'
import { access } from '../access.ts'

/**
 * How long a receiver may take to read on: on the embedded database everybody else waits for it, on PostgreSQL a snapshot is
 * held open.
 */
const readOnWithinMs = 10_000

export const downloadBackup = managementOperation({
  operationId: 'downloadBackup',
  method: 'GET',
  path: '/backup',
  tag: 'installation',
  summary: 'The whole database as of one moment, to be restored elsewhere',
  description:
    'A gzip file, application/gzip, for `assent restore`. It holds no secret in clear, but all personal and device data: keep it as you keep ' +
    "the database. The server's own secret is not in it: keep that too. An answer that breaks off is no backup.",
  access: access.downloadBackup,
  answer: { status: 200, file: 'application/gzip' },
  handle: async ({ context, caller, reply }) => {
    const file = createGzip()
    const createdAt = context.clock.now()
    writeBackup(context.db, caller.actor, createdAt, (text) => written(file, text)).then(
      () => file.end(),
      (error: Error) => {
        context.log.warn({ err: error }, 'a backup broke off')
        file.destroy(error)
      },
    )
    const name = `assent-${createdAt.toISOString().slice(0, 19).replaceAll(':', '')}Z.backup`
    reply.header('content-disposition', `attachment; filename="${name}"`)
    return file
  },
})

/** Writes, and waits until there is room for more. Throws where the receiver is gone, or does not read on. */
async function written(file: Gzip, text: string): Promise<void> {
  if (file.destroyed) throw new Error('The receiver went away.')
  if (file.write(text)) return
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(readOnWithinMs)])
  try {
    await Promise.race([once(file, 'drain', { signal }), once(file, 'close', { signal })])
  } finally {
    over.abort()
  }
  if (file.destroyed) throw new Error('The receiver went away.')
}
