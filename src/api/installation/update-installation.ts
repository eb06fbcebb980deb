import { z } from 'zod'
import { installation } from '../../domain/installation.ts'
import { managementOperation } from '../../http/management.ts'
import { installationSettings, updateInstallationSettings } from '../../store/installation.ts'
import { access } from '../access.ts'

const { invitationDays, invitationApproval, trialDays, accessDays } = installation.shape

export const updateInstallation = managementOperation({
  operationId: 'updateInstallation',
  method: 'PATCH',
  path: '/installation',
  tag: 'installation',
  summary: 'Change what the vendor sets for every company',
  description: 'What is absent stays. It holds for invitations and trials that are made from now on.',
  access: access.updateInstallation,
  body: z.strictObject({
    invitationDays: invitationDays.optional(),
    invitationApproval: invitationApproval.optional(),
    trialDays: trialDays.optional(),
    accessDays: accessDays.optional(),
  }),
  answer: { status: 200, schema: installation },
  handle: async ({ context, caller, body }) =>
    context.db.transaction('request', caller.actor, async (tx) => {
      await updateInstallationSettings(tx, body)
      return installationSettings(tx)
    }),
})
