import { seal } from '../../domain/sealed.ts'
import { signOutPurpose } from '../../domain/sign-in-provider.ts'
import { problem } from '../../http/problem.ts'
import { accountOfPerson } from '../../store/accounts.ts'
import { endSessionOf } from '../../store/sessions.ts'
import { holdProvidedMember, keepProviderSignOut, memberPersonOf } from '../../store/sign-in-providers.ts'
import { type Flow, flowOf, type ProviderClaims } from '../provider.ts'
import type { Whence } from '../whence.ts'
import { type Library, onlyCookies } from './library.ts'
import { noteSignIn } from './notices.ts'
import { actorOf } from './own.ts'
import type { SignedIn } from './sessions.ts'

/** How long somebody has for the sign-in at the provider. */
const flowSeconds = 10 * 60
const secretBytes = 32

/** What a sign-in was begun for. */
interface Begun {
  companyId: string
  /** Whether its person is to prove to be there, whatever session the provider has. */
  again: boolean
}

export interface Providers {
  /** Begins a sign-in, which this browser alone can end (`cookie`), once. */
  begin(begun: Begun, whence: Whence): Promise<{ flow: Flow; cookie: string }>
  /** What this browser began: it is over with that. Throws sign-in-over. */
  take(cookie: string | undefined, whence: Whence): Promise<Begun & { flow: Flow; forgetting: string }>
  /**
   * Begins a session for the member of the company that the provider has named. `former`: the browser's session, which it replaces where it is
   * the same person's. Throws provider-refused, in the same words wherever else the address may have an account.
   */
  signIn(
    companyId: string,
    claims: ProviderClaims,
    former: { personId: string; sessionId: string } | null,
    whence: Whence,
  ): Promise<SignedIn>
}

export function providers(library: Library): Providers {
  const { auth, context, own } = library
  const cookieName = own.createAuthCookie('provider').name
  const attributes = `Path=/; HttpOnly; SameSite=Lax${library.secure ? '; Secure' : ''}`
  const identifier = ({ state }: Flow) => `provider-${state}`
  return {
    begin: async ({ companyId, again }, whence) => {
      const secret = context.clock.randomBytes(secretBytes).toString('base64url')
      const flow = flowOf(secret)
      await library.within(actorOf(null, whence.address), () =>
        own.internalAdapter.createVerificationValue({
          identifier: identifier(flow),
          value: JSON.stringify({ companyId, again }),
          expiresAt: new Date(context.clock.now().getTime() + flowSeconds * 1000),
        }),
      )
      return { flow, cookie: `${cookieName}=${secret}; Max-Age=${flowSeconds}; ${attributes}` }
    },

    take: async (cookie, whence) => {
      const [held = ''] = onlyCookies(cookie, cookieName).split(';', 1)
      const secret = held.slice(cookieName.length + 1)
      if (secret === '') throw problem('sign-in-over')
      const flow = flowOf(secret)
      const kept = await library.within(actorOf(null, whence.address), () =>
        own.internalAdapter.consumeVerificationValue(identifier(flow)),
      )
      if (kept === null || kept.expiresAt <= context.clock.now()) throw problem('sign-in-over')
      const { companyId, again } = JSON.parse(kept.value) as Begun
      return { companyId, again, flow, forgetting: `${cookieName}=; Max-Age=0; ${attributes}` }
    },

    signIn: async (companyId, { email, provedAt, signOutUrl }, former, whence) => {
      const person = await memberPersonOf(context.db.system, companyId, email)
      const account = person === null ? null : await accountOfPerson(context.db.system, person)
      if (account === null) throw notAMember()
      const now = context.clock.now()
      // Without the provider's word the session counts as not confirmed: its own may be of days ago.
      const confirmedAt = provedAt === null ? new Date(0) : provedAt < now ? provedAt : now
      return library.within(actorOf(account, whence.address), async (tx) => {
        // Whoever removes the member, or the provider, ends the sessions that there are: none may begin beside that.
        if (!(await holdProvidedMember(tx, companyId, account.personId))) throw notAMember()
        if (former?.personId === account.personId) await endSessionOf(tx, former.personId, former.sessionId)
        const begun = await auth.api.beginProviderSession({
          body: { personId: account.personId, confirmedAt },
          headers: library.headers(whence),
          returnHeaders: true,
        })
        if (begun.response === null) throw notAMember()
        if (signOutUrl !== null) {
          await keepProviderSignOut(tx, begun.response, seal(signOutUrl, signOutPurpose, context.secrets, context.clock))
        }
        await noteSignIn(context, tx, account, whence)
        return { personId: account.personId, sessionId: begun.response, cookies: begun.headers.getSetCookie() }
      })
    },
  }
}

function notAMember() {
  return problem('provider-refused', {
    detail:
      'No member of the company has the address that the provider names. If you were invited, open the link in that mail first.',
  })
}
