import { z } from 'zod'
import { message } from './message.ts'

/** `by`: null where a program with an administrator's access token did it. */
const facts = z.object({ by: z.string().nullable() })

const administrator = 'An administrator'

/** To a member whose second factor an administrator took away. */
export const twoFactorReset = message({
  name: 'two-factor-reset',
  facts,
  compose: ({ by }, portal) => ({
    subject: 'Your two-factor sign-in was reset',
    before: [
      `${by ?? administrator} reset your two-factor sign-in at ${portal.name} and ended your sessions. Sign in with your password, then set it up anew.`,
    ],
    after: ['If you did not ask for this, tell an administrator of your company.'],
  }),
})

/** To a member whose sessions an administrator ended. */
export const sessionsEnded = message({
  name: 'sessions-ended',
  facts,
  compose: ({ by }, portal) => ({
    subject: `You were signed out of ${portal.name}`,
    before: [`${by ?? administrator} ended all your sessions at ${portal.name}. You can sign in again.`],
  }),
})
