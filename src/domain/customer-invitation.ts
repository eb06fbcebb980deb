import { z } from 'zod'
import { instant } from './text.ts'

export const customerInvitation = z
  .object({
    id: z.string(),
    organizationName: z.string(),
    email: z.string().describe('Where the link was sent.'),
    address: z.string().optional(),
    invitedBy: z.string().optional().describe("The person's name."),
    createdAt: instant,
    sentAt: instant.describe('When the newest link was sent.'),
    expiresAt: instant,
    state: z.enum(['pending', 'expired']).describe('expired: its link is over; resending makes a new one.'),
  })
  .meta({
    id: 'CustomerInvitation',
    description: 'An organization that a partner has invited to become its customer, and that has not joined yet.',
  })
export type CustomerInvitation = z.infer<typeof customerInvitation>
