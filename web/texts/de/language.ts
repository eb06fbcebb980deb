import type * as english from '../language.ts'
import type { Translated } from '../translated.ts'

export const language: Translated<typeof english.language> = 'de'

export const locale: Translated<typeof english.locale> = 'de-DE'

export const noScript: Translated<typeof english.noScript> =
  'Das Portal benötigt JavaScript. Alles, was es kann, geht auch über die Verwaltungs-API und die Befehlszeile.'
