import { api, type Language } from './client.ts'
import { showIn } from './languages.ts'

/**
 * Shows the portal in that language, and has mails to whoever is signed in come in it. Where the server does not take it (from whoever views another company,
 * say), the portal alone is shown in it.
 */
export async function chooseOwnLanguage(language: Language): Promise<void> {
  await api.PATCH('/api/v1/account', { body: { language } }).catch(() => undefined)
  showIn(language)
}
