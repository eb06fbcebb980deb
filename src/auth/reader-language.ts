import type { FastifyRequest } from 'fastify'
import { type Language, languages } from '../domain/language.ts'

/** The portal writes it where somebody chooses a language (web/languages.ts). */
const languageCookie = 'assent.language'

/**
 * In which of these languages whoever asks reads: the one that was chosen in the portal, in this browser, else the dearest of the browser's.
 * Null: none of them.
 */
export function readerLanguage(
  { headers, cookies }: Pick<FastifyRequest, 'headers' | 'cookies'>,
  among: readonly Language[] = languages,
): Language | null {
  const wanted = [cookies[languageCookie], ...accepted(headers['accept-language'] ?? '')]
  return wanted.map((code) => among.find((one) => one === code)).find((one) => one !== undefined) ?? null
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
