import type { Language } from './client.ts'

/** The portal's languages, each by its own name. English stands in texts/, each other one in a folder of its own there. */
export const languages: Record<Language, string> = { en: 'English', de: 'Deutsch' }

const yearSeconds = 365 * 24 * 60 * 60

/**
 * Shows the portal in that language from now on, in this browser. It is kept in a cookie, since the server sends the page that is made for it
 * (src/http/portal.ts), and mails in it whoever signs in here and has not chosen one.
 */
export function showIn(language: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the other way to set one is refused on plain HTTP, where the portal may stand as well
  document.cookie = `assent.language=${language}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
  location.reload()
}

/** Whether a language was chosen in this browser. */
export function isLanguageChosenHere(): boolean {
  return document.cookie.includes('assent.language=')
}
