import { constants, createGzip, inflateRawSync } from 'node:zlib'
import { managementOperation } from '../../http/management.ts'
import { fileName, fileWrittenBy } from '../../http/written-file.ts'
import { pointOf } from '../../measurements/history.ts'
import { readHour, slotMs } from '../../measurements/slots.ts'
import { ArchiveTally } from '../../store/archive.ts'
import { companyPages, type ExportPage } from '../../store/company-export.ts'
import { access } from '../access.ts'

/** The form of the file: what reads it may rely on. */
const exportFormat = 1

export const exportCompany = managementOperation({
  operationId: 'exportCompany',
  method: 'GET',
  path: '/company/export',
  tag: 'companies',
  summary: "The company's own data",
  description:
    'A gzip file of lines of JSON, as of one moment: an object that names the company; then for each part a line ["part", name] and its rows, an ' +
    'object each; last ["end", {rows, sha256}], without which the file is cut short. Company, members, subscriptions, partnerships, consents and requests for them, keys, ' +
    'access tokens, gateways, mails and acts, without secrets; of a customer also inventory, sensors, alarms, measurements and their 5-minute values.',
  access: access.exportCompany,
  answer: { status: 200, file: 'application/gzip' },
  handle: async ({ context, caller, reply }) => {
    const at = context.clock.now()
    const { id, kind } = caller.company
    reply.header('content-disposition', `attachment; filename="${fileName('company', at, 'jsonl.gz')}"`)
    return fileWrittenBy(
      createGzip(),
      (write) =>
        context.db.transaction(
          'request',
          caller.actor,
          async (tx) => {
            const tally = new ArchiveTally()
            const send = async (lines: readonly string[]) => {
              for (const line of lines) tally.add(line)
              if (lines.length > 0) await write(lines.map((line) => `${line}\n`).join(''))
            }
            await send([JSON.stringify({ assentExport: exportFormat, createdAt: at.toISOString(), companyId: id })])
            for await (const page of companyPages(tx, id, kind === 'customer' ? caller.memberId : null)) {
              if (tally.rows[page.part] === undefined) await send([JSON.stringify(['part', page.part])])
              for (const lines of linesOf(page)) {
                tally.rows[page.part] = (tally.rows[page.part] ?? 0) + lines.length
                await send(lines)
              }
            }
            await write(`${JSON.stringify(['end', tally.end()])}\n`)
          },
          'repeatable read',
        ),
      (error) => context.log.warn({ err: error }, "an export of a company's data broke off"),
    )
  },
})

/** A page's rows, in pieces that are few enough to be in memory. */
function* linesOf(page: ExportPage): Generator<string[]> {
  if ('lines' in page) yield page.lines
  if ('blocks' in page) {
    for (const block of page.blocks) yield unpacked(block)
    if (page.blocks.length === 0) yield []
  }
  if ('hours' in page) {
    yield page.hours.flatMap(({ sensorId, hour, slots }) =>
      readHour(slots, hour * 1000).flatMap((slot, nth) =>
        slot === null ? [] : [JSON.stringify({ sensorId, ...pointOf(hour * 1000 + nth * slotMs, slot) })],
      ),
    )
  }
}

function unpacked(block: Uint8Array): string[] {
  const text = inflateRawSync(block, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
  return text.split('\n').slice(0, -1)
}
