import { z } from 'zod'
import { message } from './message.ts'

const nothing = z.object({})

/** To whoever registered: the link that proves the address. */
export const verifyAddress = message({
  name: 'verify-address',
  facts: nothing,
  compose: (_, portal) => ({
    subject: `Confirm your address for ${portal.name}`,
    before: [
      `Somebody, probably you, made an account for this address at ${portal.name}. Confirm that the address is yours, with the password that you chose.`,
    ],
    button: 'Confirm address',
    after: ['The link works once, for 24 hours. If you did not register, do nothing: nobody can sign in without this link.'],
  }),
})

/** To the owner of an account whose address somebody registered with again. */
export const accountExists = message({
  name: 'account-exists',
  facts: nothing,
  compose: (_, portal) => ({
    subject: `You have an account at ${portal.name} already`,
    before: [
      `Somebody, probably you, tried to register at ${portal.name} with this address. It has an account already: sign in at ${portal.url}/sign-in.`,
    ],
    after: [
      `If you no longer know the password, reset it at ${portal.url}/forgot. If it was not you, do nothing: your account is as it was.`,
    ],
  }),
})

/** To the owner of an account who wants a new password. */
export const resetPassword = message({
  name: 'reset-password',
  facts: nothing,
  compose: (_, portal) => ({
    subject: `Reset your ${portal.name} password`,
    before: [`Somebody, probably you, asked for a new password for your account at ${portal.name}.`],
    button: 'Choose a new password',
    after: ['The link works once, for an hour. If you did not ask, do nothing: your password stays as it is.'],
  }),
})

/** To the new address of an account, before it becomes that. */
export const confirmNewAddress = message({
  name: 'confirm-new-address',
  facts: nothing,
  compose: (_, portal) => ({
    subject: `Confirm your new address for ${portal.name}`,
    before: [`Somebody, probably you, wants to sign in to ${portal.name} with this address from now on.`],
    button: 'Use this address',
    after: ['The link works once, for 24 hours. If it was not you, do nothing.'],
  }),
})

/** To the former address of an account. */
export const addressChanged = message({
  name: 'address-changed',
  facts: z.object({ newAddress: z.string() }),
  compose: ({ newAddress }, portal) => ({
    subject: `Your ${portal.name} account has another address`,
    before: [`You sign in to ${portal.name} with ${newAddress} from now on. Mails about your account go there.`],
    after: ['If this was not you, tell an administrator of your company at once.'],
  }),
})
