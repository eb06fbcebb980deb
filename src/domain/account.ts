import { z } from 'zod'
import { language } from './language.ts'
import { instant } from './text.ts'

export const passwordLengthMin = 12
export const passwordLengthMax = 128

/** A password as somebody chooses it. */
export const newPassword = z
  .string()
  .min(passwordLengthMin, `must have ${passwordLengthMin} characters or more`)
  .max(passwordLengthMax, `must have ${passwordLengthMax} characters or fewer`)

/** What stands behind the # of a mailed link. */
export const linkToken = z.string().min(1).max(2000)

/** What a browser answered for a passkey: its form is WebAuthn's, and checked by the accounts library. */
export const passkeyResponse = z
  .looseObject({ id: z.string().min(1).max(1400) })
  .describe('WebAuthn: RegistrationResponseJSON or AuthenticationResponseJSON.')

export const coverageMails = z
  .enum(['at once', 'daily'])
  .describe("How a partner's administrator is told of what changes in the access to customers' data: a mail each, or one a day.")
export type CoverageMails = z.infer<typeof coverageMails>

export const account = z
  .object({
    person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    twoFactor: z.boolean().describe("Whether signing in with the password asks for an authenticator app's code."),
    recoveryCodesLeft: z.int().optional(),
    twoFactorRequired: z.boolean().describe('Whether the company requires a second factor: the app, or a passkey.'),
    language: language.optional().describe('In which mails come. Absent: nothing is known of it, and they come in English.'),
    coverageMails: coverageMails.optional().describe("Of a partner's administrators."),
    passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: instant })),
  })
  .meta({ id: 'Account', description: 'What keeps an account safe.' })

export const ownSession = z
  .object({
    id: z.string(),
    agent: z.string().describe('Such as "Firefox on Linux".'),
    browser: z.string().optional().describe('Of the agent; absent: none that is known by name.'),
    system: z.string().optional().describe('Of the agent; absent: none that is known by name.'),
    address: z.string().optional(),
    method: z.enum(['password', 'passkey', 'provider']),
    createdAt: instant,
    usedAt: instant,
    current: z.boolean().describe('Whether it is the one that asks.'),
  })
  .meta({ id: 'OwnSession' })

export const signInSettings = z
  .object({
    requiresTwoFactor: z.boolean(),
    members: z.int(),
    without: z.int().describe('How many members have neither an authenticator app nor a passkey.'),
  })
  .meta({ id: 'SignInSettings' })
