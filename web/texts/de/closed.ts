import type * as english from '../closed.ts'
import type { Translated } from '../translated.ts'

export const closedTexts: Translated<typeof english.closedTexts> = {
  title: 'Für Ihr Unternehmen nicht freigegeben',
  lead: 'Die Daten dieses Kunden sind Ihrem Unternehmen jetzt verschlossen, oder die dieser Art sind es.',
  why: 'Sehen, warum',
  ask: 'Sehen, warum, und um Einwilligung bitten',
}
