import { queryOptions } from '@tanstack/react-query'
import { ApiProblem, answer, api } from './client.ts'
import { accountTexts } from './texts/account.ts'

/** One's own account, and what keeps it safe. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => answer(api.GET('/api/v1/account')),
})

/** What a passkey of this browser answers to a challenge. Its library is loaded with the first use. */
export async function askPasskey(): Promise<{ id: string }> {
  const { options } = await answer(api.POST('/api/v1/session/passkey-challenge'))
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return withBrowser(() => startAuthentication({ optionsJSON: options as never }))
}

/** A new passkey of this browser. */
export async function makePasskey(): Promise<{ id: string }> {
  const { options } = await answer(api.POST('/api/v1/account/passkey-challenge'))
  const { startRegistration } = await import('@simplewebauthn/browser')
  return withBrowser(() => startRegistration({ optionsJSON: options as never }))
}

/** A browser's refusals say little, and the same for all reasons, so that sites learn nothing. */
async function withBrowser<Response extends { id: string }>(work: () => Promise<Response>): Promise<{ id: string }> {
  try {
    return { ...(await work()) }
  } catch {
    throw new ApiProblem({ status: 0, code: 'passkey-not-used', ...accountTexts.passkeys.failed })
  }
}
