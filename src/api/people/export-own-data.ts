import { PassThrough } from 'node:stream'
import { managementOperation } from '../../http/management.ts'
import { fileName, fileWrittenBy } from '../../http/written-file.ts'
import { personPages } from '../../store/person-export.ts'
import { access } from '../access.ts'

export const exportOwnData = managementOperation({
  operationId: 'exportOwnData',
  method: 'GET',
  path: '/account/data',
  tag: 'people',
  summary: 'All that is kept about you',
  description:
    'A JSON file: account, ways to sign in (without secrets), sessions, membership, access tokens, mails, and the acts by or about you. Each part ' +
    'is named by its table and the column that names you.',
  access: access.exportOwnData,
  answer: { status: 200, file: 'application/json' },
  handle: async ({ context, caller, reply }) => {
    const person = caller.personId
    const at = context.clock.now()
    reply.header('content-disposition', `attachment; filename="${fileName('my-data', at, 'json')}"`)
    return fileWrittenBy(
      new PassThrough(),
      (write) =>
        // The accounts library's tables are read as the system: no request may.
        context.db.transaction(
          'system',
          caller.actor,
          async (tx) => {
            await write(`{"exportedAt": ${JSON.stringify(at.toISOString())}`)
            let present = ''
            let separator = ''
            for await (const { part, lines } of personPages(tx, person)) {
              if (part !== present) {
                await write(`${present === '' ? '' : '\n]'},\n${JSON.stringify(part)}: [`)
                present = part
                separator = '\n  '
              }
              if (lines.length === 0) continue
              await write(separator + lines.join(',\n  '))
              separator = ',\n  '
            }
            await write(`${present === '' ? '' : '\n]'}}\n`)
          },
          'repeatable read',
        ),
      (error) => context.log.warn({ err: error }, "an export of a person's data broke off"),
    )
  },
})
