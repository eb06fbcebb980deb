import { z } from 'zod'
import { message } from './message.ts'

/** To the members without a second factor, when their company begins to require one. */
export const twoFactorRequiredMessage = message({
  name: 'two-factor-required',
  facts: z.object({ company: z.string() }),
  compose: ({ company }, portal) => ({
    subject: `${company} requires two-factor sign-in`,
    before: [
      `${company} requires two-factor sign-in on ${portal.name} from now on. Your account has none yet: signed in with your password, you are shown nothing but your account until you have set it up.`,
      'An authenticator app on your phone or a passkey will do.',
    ],
    page: ['Set it up', `${portal.url}/account`],
    after: ['If you did not expect this, ask an administrator of your company.'],
  }),
})
