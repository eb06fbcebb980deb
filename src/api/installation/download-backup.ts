import { createGzip } from 'node:zlib'
import { managementOperation } from '../../http/management.ts'
import { fileName, fileWrittenBy } from '../../http/written-file.ts'
import { writeBackup } from '../../store/backup.ts'
import { access } from '../access.ts'

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
    const createdAt = context.clock.now()
    reply.header('content-disposition', `attachment; filename="${fileName('assent', createdAt, 'backup')}"`)
    return fileWrittenBy(
      createGzip(),
      (write) => writeBackup(context.db, caller.actor, createdAt, write),
      (error) => context.log.warn({ err: error }, 'a backup broke off'),
    )
  },
})
