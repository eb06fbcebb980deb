import { z } from 'zod'
import { key } from '../../domain/key.ts'
import { managementOperation } from '../../http/management.ts'
import { keysOf } from '../../store/keys.ts'
import { access } from '../access.ts'

export const listKeys = managementOperation({
  operationId: 'listKeys',
  method: 'GET',
  path: '/keys',
  tag: 'keys',
  summary: "The company's keys, the newest first",
  description: 'Those that are disabled or have expired too: see "valid".',
  access: access.listKeys,
  answer: { status: 200, schema: z.object({ keys: z.array(key) }) },
  handle: async ({ context, caller }) => ({ keys: await keysOf(context.db.request, caller.company.id) }),
})
