import { z } from 'zod'

export const invitationDaysMax = 30
export const trialDaysMax = 365
export const accessDaysMin = 30
export const accessDaysMax = 3650

export const installation = z
  .object({
    invitationDays: z.int().min(1).max(invitationDaysMax).describe('For how many days the link of an invitation is good.'),
    invitationApproval: z
      .boolean()
      .describe('Whether an administrator of the company must approve what another member invites, before it is mailed.'),
    trialDays: z.int().min(1).max(trialDaysMax).describe('How many days a trial lasts that begins from now on.'),
    accessDays: z
      .int()
      .min(accessDaysMin)
      .max(accessDaysMax)
      .describe("For how many days it is kept who accessed customers' data."),
  })
  .meta({ id: 'Installation', description: 'What the vendor sets for every company.' })
export type Installation = z.infer<typeof installation>
