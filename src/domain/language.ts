import { z } from 'zod'

/** In what the portal and mails can be read. The first is everybody's who has chosen none of them. */
export const languages = ['en', 'de'] as const

export const language = z.enum(languages).describe('A language of the portal and of mails, by its code (ISO 639-1).')
export type Language = z.infer<typeof language>

export const commonLanguage: Language = languages[0]

export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code)
}
