import type { FastifyRequest } from 'fastify'
import { isLanguage, type Language } from '../domain/language.ts'

/** The portal writes it where somebody chooses a language (web/languages.ts). */
const languageCookie = 'assent.language'

/** In which language whoever asks reads. */
export interface ReaderLanguage {
  /** Chosen in the portal, in this browser; null: none of ours was. */
  chosen: Language | null
  /** The dearest of the browser's languages that is one of ours; null: none is. */
  taken: Language | null
}

export function readerLanguage({ headers, cookies }: Pick<FastifyRequest, 'headers' | 'cookies'>): ReaderLanguage {
  const chosen = cookies[languageCookie] ?? ''
  const taken = accepted(headers['accept-language'] ?? '').find(isLanguage) ?? null
  return { chosen: isLanguage(chosen) ? chosen : null, taken }
}

/** The languages of an Accept-Language header, the dearest first, without their regions (RFC 9110, section 12.5.4). */
function accepted(header: string): string[] {
  return header
    .split(',')
    .map((range) => {
      const [language = '', weight = '1'] = range.trim().split(/\s*;\s*q=/i)
      return { language: language.split('-', 1)[0]?.toLowerCase() ?? '', weight: Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ language }) => language)
}
