// The library that draws makes a number format of the browser's language as it is loaded, and cannot be loaded where that is no well-formed tag, as
// "en-US@posix" is. Imported before it.
import { locale } from '../texts/language.ts'

try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: locale, configurable: true })
}
