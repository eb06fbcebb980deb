import { z } from 'zod'
import { dayInWords } from './locale.ts'
import { message } from './message.ts'

/** A partner invites an organization to become its customer. */
export const customerInvitationMail = message({
  name: 'customer-invitation',
  facts: z.object({
    organizationName: z.string(),
    partner: z.object({ name: z.string(), contactEmail: z.string().optional(), contactPhone: z.string().optional() }),
    expiresAt: z.string(),
  }),
  compose: ({ organizationName, partner, expiresAt }, portal) => ({
    subject: `${partner.name} invites ${organizationName} to ${portal.name}`,
    before: [
      `${partner.name} invites you to set up ${organizationName} in ${portal.name}, where your gateways send what they read from your devices.`,
      `Your company will be connected to ${partner.name}. That alone shares no device data: you decide in the portal whether ${partner.name} may read it, and you can take that back at any time.`,
    ],
    button: 'Set up your company',
    facts: [
      ['Organization', organizationName],
      ['Invited by', partner.name],
      ...(partner.contactEmail === undefined ? [] : [['Email', partner.contactEmail] as const]),
      ...(partner.contactPhone === undefined ? [] : [['Phone', partner.contactPhone] as const]),
      ['Valid until', dayInWords(expiresAt)],
    ],
    after: [
      'The link works once, and for this address only. If you did not expect it, ignore this mail: nothing is set up without you.',
    ],
  }),
})
