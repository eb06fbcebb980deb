import { actHead, signHead } from '../../domain/act.ts'
import { managementOperation } from '../../http/management.ts'
import { presentHead } from '../../store/acts.ts'
import { access } from '../access.ts'

export const getActHead = managementOperation({
  operationId: 'getActHead',
  method: 'GET',
  path: '/acts/head',
  tag: 'acts',
  summary: 'The head of the record, signed now',
  description: 'Kept elsewhere, it shows any later change of an act up to it.',
  access: access.getActHead,
  answer: { status: 200, schema: actHead },
  handle: async ({ context }) => signHead(await presentHead(context.db.request), context.clock.now(), context.secrets.current),
})
