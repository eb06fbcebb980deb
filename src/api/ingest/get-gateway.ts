import { z } from 'zod'
import type { IngestOperation } from './frame.ts'

export const ownGateway = z
  .object({ id: z.string(), name: z.string(), organization: z.object({ id: z.string(), label: z.string() }) })
  .meta({ id: 'OwnGateway' })

export const getGateway: IngestOperation = {
  operationId: 'getGateway',
  method: 'GET',
  path: '/gateway',
  document: { summary: 'Whose token this is', description: 'For trying out a new token.', answer: 'OwnGateway', problems: [] },
  async handle({ gateway }) {
    return { id: gateway.id, name: gateway.name, organization: { id: gateway.organizationId, label: gateway.organizationLabel } }
  },
}
