import { z } from 'zod'
import { onGrid } from '../../auth/grid.ts'
import type { Context } from '../../context.ts'
import { parseCredential } from '../../domain/credential.ts'
import { secretMatches } from '../../domain/server-secrets.ts'
import { keyReported } from '../../email/key-reported.ts'
import { managementOperation } from '../../http/management.ts'
import { queueMails } from '../../mail.ts'
import { keySecretOf, reportKey as markReported } from '../../store/key-reports.ts'
import { administratorsOf } from '../../store/members.ts'
import { access } from '../access.ts'

export const reportKey = managementOperation({
  operationId: 'reportKey',
  method: 'POST',
  path: '/key-reports',
  tag: 'keys',
  summary: 'Report a key that was found',
  description:
    'Whoever holds a whole key ends it: from the answer on, no request with it succeeds, and the administrators of its company are told. The answer is the same whatever was sent.',
  access: access.reportKey,
  body: z.strictObject({ key: z.string().max(1000).describe('The key as it was found, whole.') }),
  answer: { status: 204 },
  handle: async ({ context, reportLimits, request, body }) => {
    await reportLimits.take(request.ip)
    await onGrid(context.clock, () => end(context, body.key.trim(), request.ip))
    return undefined
  },
})

/** Ends a key for good, if that is one, whole: its id alone, or a part of it, ends nothing. */
async function end(context: Context, text: string, address: string): Promise<void> {
  const credential = parseCredential(text, 'ak_live_', 'ak_demo_')
  const stored = credential && (await keySecretOf(context.db.request, credential.id))
  if (!credential || !stored || !secretMatches(credential, stored.secretHash, stored.secretName, context.secrets)) return
  await context.db.transaction('request', { kind: 'finder', address }, async (tx) => {
    const reported = await markReported(tx, credential.id)
    if (reported === null) return
    const { companyId, company, name, lastUsedAt } = reported
    const prefix = credential.prefix + credential.id
    const facts = { company, name, prefix, at: context.clock.now().toISOString(), ...(lastUsedAt === null ? {} : { lastUsedAt }) }
    await queueMails(context, tx, keyReported, await administratorsOf(tx, companyId), { companyId, facts })
  })
}
