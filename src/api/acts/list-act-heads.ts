import { z } from 'zod'
import { actHead, publicHeadKey } from '../../domain/act.ts'
import { managementOperation } from '../../http/management.ts'
import { signedHeadsAfter } from '../../store/acts.ts'
import { access } from '../access.ts'
import { actsPage } from './acts-page.ts'

export const listActHeads = managementOperation({
  operationId: 'listActHeads',
  method: 'GET',
  path: '/acts/heads',
  tag: 'acts',
  summary: 'The heads that were signed each hour',
  access: access.listActHeads,
  query: actsPage,
  answer: {
    status: 200,
    schema: z.object({
      heads: z.array(actHead.omit({ publicKey: true })),
      publicKeys: z.array(z.string()).describe('Hex: of the present secret of the server, then of the former.'),
      next: z.int().optional(),
    }),
  },
  handle: async ({ context, query: { after, limit } }) => {
    const heads = await signedHeadsAfter(context.db.request, after, limit)
    const last = heads.at(-1)
    return {
      heads,
      publicKeys: [...context.secrets.all.values()].map(publicHeadKey),
      ...(heads.length === limit && last ? { next: last.seq } : {}),
    }
  },
})
