import { z } from 'zod'
import { line } from './text.ts'

/** What people type to come to their company's provider. */
export const providerName = z
  .string()
  .trim()
  .toLowerCase()
  .min(3, 'has fewer than 3 characters')
  .max(40, 'has more than 40 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'has letters, digits and single hyphens alone')
  .describe(
    'What its people type to sign in there, such as north-bakery. Whoever guesses it learns that there is such a company.',
  )

const issuer = z
  .url({ protocol: /^https?$/, error: 'is not an address such as https://login.example.com' })
  .max(500)
  .refine((text) => !/[?#]/.test(text), 'holds a query or a fragment')
  .describe('Where its metadata are: under /.well-known/openid-configuration.')

const settings = {
  name: providerName,
  issuer,
  clientId: line(500),
  enabled: z.boolean(),
  required: z.boolean().describe('Whether members must sign in there, but for the administrator who is exempt.'),
  exemptMemberId: z
    .string()
    .max(200)
    .optional()
    .describe(
      'The administrator who may sign in otherwise where it is required: who gets in when the provider fails. Where none is named, or the named one ' +
        'is an administrator no more, every administrator may.',
    ),
  countsAsTwoFactors: z.boolean().describe('Whether a sign-in there is enough where the company requires two factors.'),
}

/** What an administrator gives. */
export const givenProvider = z.strictObject({
  ...settings,
  clientSecret: line(1000).optional().describe('Never shown again. Left out: the one that is kept.'),
})

export const signInProvider = z
  .object({
    ...settings,
    redirectUri: z.string().describe('What the provider must be told to lead back to after a sign-in.'),
    signOutUri: z.string().describe('What it must be told to lead back to after a sign-out.'),
  })
  .meta({ id: 'SignInProvider', description: "A company's own sign-in (OpenID Connect)." })
export type SignInProvider = z.infer<typeof signInProvider>

/** The page that a provider leads back to. */
export function redirectUriOf(portalUrl: string): string {
  return `${portalUrl}/sign-in/return`
}

/** The page that a provider leads back to when somebody has signed out there too. */
export function signOutUriOf(portalUrl: string): string {
  return `${portalUrl}/sign-in`
}

/** The purpose under which addresses of sign-outs at providers are sealed: they hold an ID token. */
export const signOutPurpose = 'sign-outs at providers'

/** The purpose under which clients' secrets are sealed. */
export const providerPurpose = 'secrets of sign-in providers'
