import { z } from 'zod'
import { role } from './role.ts'
import { emailAddress, instant } from './text.ts'

/** What is wrong with an address that is to be invited, in the words of the contract's section 7. */
export const invitationMistakes = {
  empty: 'Please enter email address',
  malformed: 'You have entered an invalid email address. Please re-enter the email address.',
} as const

/** That this address is invited already, or belongs to a member: the contract's words, with the portal's configured name. */
export function alreadyInvited(portalName: string): string {
  return `This co-worker has already been invited to the ${portalName} portal. Please invite another co-worker.`
}

/** An address as it is kept, or what is wrong with it. */
export function addressToInvite(given: string): { email: string } | { mistake: string } {
  if (given.trim() === '') return { mistake: invitationMistakes.empty }
  const { data } = emailAddress.safeParse(given)
  return data === undefined ? { mistake: invitationMistakes.malformed } : { email: data }
}

export const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: role.describe('As what the person joins.'),
    state: z
      .enum(['pending', 'approval awaited', 'expired'])
      .describe('An expired one may be sent again; its address may also be invited anew.'),
    invitedBy: z.string().optional().describe("The person's name; absent: a token of the installation, or somebody erased."),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Invitation', description: 'That somebody may join a company; neither accepted nor revoked.' })
export type Invitation = z.infer<typeof invitation>
