import { type Answer, cookieOf, type Managed } from './management.ts'
import type { ProviderOfTest } from './sign-in-provider.ts'

/** Signing in at a provider in its steps, for the company that signs in under `north-bakery` where no other name is given. */
export interface SignInScene {
  /** What an administrator sets. */
  settings(more?: object): { name: string; issuer: string; clientId: string; clientSecret: string }
  /** Our beginning: where the browser is sent, and its cookie. */
  begin(name?: string, more?: object): Promise<{ url: string; cookie: string }>
  /** Our end, with what the provider led back with. */
  end(parameters: string, cookie: string): Promise<Answer>
  /** The whole way: our beginning, the provider, our end. `cookie`: of the session that the browser has; `jar`: the provider's own. */
  signIn(login: string, how?: { name?: string; more?: object; cookie?: string; jar?: Map<string, string> }): Promise<Answer>
}

export function signInScene({ ask }: Managed, provider: ProviderOfTest): SignInScene {
  const begin: SignInScene['begin'] = async (name = 'north-bakery', more = {}) => {
    const begun = await ask('POST', '/session/provider-challenge', { name, ...more })
    if (begun.status !== 200) throw new Error(`The sign-in was not begun: ${JSON.stringify(begun.body)}`)
    return { url: String(begun.body.url), cookie: cookieOf(begun) }
  }
  const end: SignInScene['end'] = (parameters, cookie) => ask('POST', '/session/provider', { parameters }, { cookie })
  return {
    begin,
    end,
    settings: (more = {}) => {
      const { issuer, clientId, clientSecret } = provider
      const choices = { enabled: true, required: false, countsAsTwoFactors: false }
      return { name: 'north-bakery', issuer, clientId, clientSecret, ...choices, ...more }
    },
    signIn: async (login, { name, more, cookie = '', jar } = {}) => {
      const begun = await begin(name, more)
      const parameters = await provider.walk(begun.url, login, jar)
      return end(parameters, [begun.cookie, cookie].filter(Boolean).join('; '))
    },
  }
}
