import { installation } from '../../domain/installation.ts'
import { managementOperation } from '../../http/management.ts'
import { installationSettings } from '../../store/installation.ts'
import { access } from '../access.ts'

export const getInstallation = managementOperation({
  operationId: 'getInstallation',
  method: 'GET',
  path: '/installation',
  tag: 'installation',
  summary: 'What the vendor sets for every company',
  access: access.getInstallation,
  answer: { status: 200, schema: installation },
  handle: async ({ context }) => installationSettings(context.db.request),
})
