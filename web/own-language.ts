import { api, type Language } from './client.ts'
import { keepLanguage } from './languages.ts'

/**
 * Shows the portal in that language, and has mails to whoever is signed in come in it. What the server does not take (from whoever views another company, say) it
 * learns at the next sign-in in this browser.
 */
export async function chooseOwnLanguage(language: string): Promise<void> {
  keepLanguage(language)
  await api.PATCH('/api/v1/account', { body: { language: language as Language } }).catch(() => undefined)
  location.reload()
}
