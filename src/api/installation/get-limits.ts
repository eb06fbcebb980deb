import { limitsNow } from '../../domain/retention.ts'
import { limitsPerMinute } from '../../http/limits.ts'
import { managementOperation } from '../../http/management.ts'
import { refusedReaders } from '../../store/retention.ts'
import { access } from '../access.ts'

const refusedHours = 24

export const getLimits = managementOperation({
  operationId: 'getLimits',
  method: 'GET',
  path: '/installation/limits',
  tag: 'installation',
  summary: 'The limits of requests, and who was refused by them lately',
  description:
    'Each process has buckets of its own. Of whom they refuse, those are told who asked for device data, out of the history of accesses: by key, or as the people of a company.',
  access: access.getLimits,
  answer: { status: 200, schema: limitsNow },
  handle: async ({ context }) => {
    const factor = context.config.rateLimitFactor
    const perMinute = Object.entries(limitsPerMinute).map(([name, limit]) => [name, Math.ceil(limit * factor)] as const)
    const readers = await refusedReaders(context.db.system, refusedHours)
    const refused = readers.map(({ companyId, companyName, keyId, keyName, requests, lastAt }) => ({
      company: { id: companyId, name: companyName },
      ...(keyId === null ? {} : { key: { id: keyId, name: keyName ?? keyId } }),
      requests,
      lastAt,
    }))
    return { factor, perMinute: Object.fromEntries(perMinute), refusedHours, refused }
  },
})
