import { addressChanged } from '../../email/account-links.ts'
import { problem } from '../../http/problem.ts'
import { queueMail } from '../../mail.ts'
import { accountOfEmail, accountOfPerson, noteEmailProved } from '../../store/accounts.ts'
import { languageOf } from '../../store/person-languages.ts'
import type { Whence } from '../whence.ts'
import { type Library, linkDigest, unlessRefused } from './library.ts'
import { mailNewAddress } from './notices.ts'
import { verificationSeconds } from './options.ts'
import { actorOf, type Own } from './own.ts'
import { claimsOf } from './registration.ts'

export interface Addresses {
  /**
   * Mails a link to another address, which is the account's once the link is used. Where that address has an account nothing is mailed,
   * and nothing tells so.
   */
  requestChange(own: Own, email: string): Promise<void>
  /** Makes it the account's address, and tells the former one. Throws link-not-valid. */
  confirmChange(token: string, whence: Whence): Promise<void>
}

const pending = (person: string) => `new-address-${person}`

/** Ends the use of a link that was mailed to a new address: a stolen session must not outlast the password that ends it. */
export async function forgetNewAddress({ own }: Library, person: string): Promise<void> {
  await own.internalAdapter.deleteVerificationByIdentifier(pending(person))
}

export function addresses(library: Library): Addresses {
  const { auth, context, own: parts } = library
  return {
    requestChange: (own, email) =>
      library.within(own.actor, async (tx, told) => {
        await forgetNewAddress(library, own.account.personId)
        // Refused where it is the account's address already: that is told like any other.
        await unlessRefused(auth.api.changeEmail({ body: { newEmail: email }, headers: library.headers(own.whence, own.cookie) }))
        for (const one of told) {
          if (one.what !== 'verify') continue
          await parts.internalAdapter.createVerificationValue({
            identifier: pending(own.account.personId),
            value: linkDigest(one.token),
            expiresAt: new Date(context.clock.now().getTime() + verificationSeconds * 1000),
          })
          await mailNewAddress(context, tx, own.account, one)
        }
      }),

    confirmChange: async (token, whence) => {
      const { userId, updateTo } = claimsOf(token, 'new address')
      const account = await accountOfPerson(context.db.system, userId)
      if (account === null) throw problem('link-not-valid')
      await library.within(actorOf(account, whence.address), async (tx) => {
        // The newest link alone works, once.
        const kept = await parts.internalAdapter.consumeVerificationValue(pending(userId))
        const taken = (await accountOfEmail(tx, updateTo)) !== null
        if (kept?.value !== linkDigest(token) || taken) throw problem('link-not-valid')
        if ((await unlessRefused(auth.api.verifyEmail({ query: { token } }))) === null) throw problem('link-not-valid')
        await noteEmailProved(tx, userId)
        await queueMail(context, tx, addressChanged, {
          companyId: account.companyId,
          recipient: account.email,
          // By that address nobody is found any more: its reader is the account's person.
          language: await languageOf(tx, userId),
          facts: { newAddress: updateTo },
        })
      })
    },
  }
}
