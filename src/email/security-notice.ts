import { z } from 'zod'
import { agentInWords } from '../domain/user-agent.ts'
import type { Composed, Portal } from './message.ts'
import { message } from './message.ts'

/** When something happened to an account, and from where: the facts of every notice of it. */
export const accountFacts = z.object({
  at: z.iso.datetime(),
  /** As text: as mails were written down that may still wait. */
  agent: z.union([z.string(), z.object({ browser: z.string().nullable(), system: z.string().nullable() })]),
  address: z.string(),
})
export type AccountFacts = z.infer<typeof accountFacts>

/** The rows that say when and from where. */
export function whenAndWhere({ at, agent, address }: AccountFacts): [string, string][] {
  return [
    ['When', `${at.slice(0, 16).replace('T', ' ')} UTC`],
    ['With', typeof agent === 'string' ? agent : agentInWords(agent)],
    ['From', address],
  ]
}

const notYou = (portal: Portal) =>
  `If this was not you, reset your password at ${portal.url}/forgot and tell an administrator of your company.`

/** A notice of an act on one's own account: what happened, when and from where, and what to do if it was somebody else. */
function notice<const Name extends string>(name: Name, subject: (portal: Portal) => string, happened: string) {
  return message({
    name,
    facts: accountFacts,
    compose: (facts, portal): Composed => ({
      subject: subject(portal),
      before: [happened],
      facts: whenAndWhere(facts),
      after: [notYou(portal)],
    }),
  })
}

export const newSignInPlace = notice(
  'new-sign-in-place',
  (portal) => `New sign-in to ${portal.name}`,
  'Somebody signed in to your account from a place or with a browser that was not used for it before.',
)
export const passwordChanged = notice(
  'password-changed',
  (portal) => `Your ${portal.name} password was changed`,
  'The password of your account was changed. Every other session of yours was ended.',
)
export const twoFactorOn = notice(
  'two-factor-on',
  () => 'Two-factor sign-in is on',
  'Your account now asks for a code of your authenticator app when you sign in.',
)
export const twoFactorOff = notice(
  'two-factor-off',
  () => 'Two-factor sign-in is off',
  'Your account no longer asks for a code of an authenticator app when you sign in.',
)
export const recoveryCodesRenewed = notice(
  'recovery-codes-renewed',
  () => 'Your recovery codes were replaced',
  'New recovery codes were made for your account. The earlier ones no longer work.',
)
export const passkeyAdded = notice(
  'passkey-added',
  () => 'A passkey was added to your account',
  'A passkey was added to your account. It signs in without the password.',
)
export const passkeyRemoved = notice(
  'passkey-removed',
  () => 'A passkey was removed from your account',
  'A passkey of your account was removed. It no longer signs in.',
)
