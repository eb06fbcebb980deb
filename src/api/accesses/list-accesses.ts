import { z } from 'zod'
import { accessGap, readAccess } from '../../domain/data-access.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { type AccessPlace, accessesOf, accessGapsOf, placeOf } from '../../store/accesses/history.ts'
import { access } from '../access.ts'
import { accessQuery, customerOf, filterOf } from './asked.ts'

const limitDefault = 100
const limitMax = 1000

const place = z.tuple([z.iso.datetime(), z.string(), z.string(), z.int().min(0).max(999), z.string()])

export const listAccesses = managementOperation({
  operationId: 'listAccesses',
  method: 'GET',
  path: '/accesses',
  tag: 'accesses',
  summary: "Who accessed the customer's data, grouped by the minute, the newest first",
  description:
    "Each access by a partner's key or people and by the customer's own keys, refused ones too, at most 5 seconds old; what a stream delivers is told every " +
    '5 seconds. Gaps are times of which accesses may be missing.',
  access: access.listAccesses,
  query: z.object({
    ...accessQuery,
    after: z.string().max(1000).optional().describe('Only those behind this one: what came as "next".'),
    limit: wholeNumber(1, limitMax).default(limitDefault),
  }),
  answer: {
    status: 200,
    schema: z.object({
      accesses: z.array(readAccess),
      next: z.string().optional().describe('Where there may be more: what to give as "after" next.'),
      gaps: z.array(accessGap),
    }),
  },
  handle: async ({ context, caller, query: { after, limit, ...query } }) => {
    const filter = filterOf(query, context.clock)
    const accesses = await accessesOf(context.db.request, customerOf(caller), filter, after ? placeIn(after) : null, limit)
    const last = accesses.at(-1)
    return {
      accesses,
      ...(accesses.length === limit && last ? { next: textOf(placeOf(last)) } : {}),
      gaps: await accessGapsOf(context.db.request, filter, context.clock.now()),
    }
  },
})

function textOf({ minute, readerId, operation, status, address }: AccessPlace): string {
  return Buffer.from(JSON.stringify([minute, readerId, operation, status, address])).toString('base64url')
}

function placeIn(text: string): AccessPlace {
  try {
    const [minute, readerId, operation, status, address] = place.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    )
    if ([readerId, operation, address].some((one) => one.includes('\0'))) throw new Error('no place of ours')
    return { minute, readerId, operation, status, address }
  } catch {
    throw problem('request-malformed', { detail: '"after" is what came as "next".' })
  }
}
