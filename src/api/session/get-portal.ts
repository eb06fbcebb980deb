import { z } from 'zod'
import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const getPortal = managementOperation({
  operationId: 'getPortal',
  method: 'GET',
  path: '/portal',
  tag: 'session',
  summary: "The portal's name",
  access: access.getPortal,
  answer: { status: 200, schema: z.object({ name: z.string() }) },
  handle: async ({ context }) => ({ name: context.config.portalName }),
})
