import { answer, api } from './client.ts'

/** Where one was going, while one is at the company's provider: kept in this tab alone. */
const name = 'assent.way-back'

/** Leaves the portal for the company's provider, which leads back to the page of the return. `again`: to prove to be there still. */
export async function leaveForProvider(asked: { name: string; again?: boolean; from?: string | undefined }): Promise<void> {
  const { from, ...body } = asked
  const { url } = await answer(api.POST('/api/v1/session/provider-challenge', { body }))
  sessionStorage.setItem(name, from ?? '')
  window.location.assign(url)
  // The page is about to go: whoever waits goes on waiting.
  await new Promise(() => {})
}

/** Empty: to the first page. */
export function wayBack(): string {
  return sessionStorage.getItem(name) ?? ''
}
