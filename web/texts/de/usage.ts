import { countText } from '../../numbers.ts'
import type { Translated } from '../translated.ts'
import type * as english from '../usage.ts'

export const usageTexts: Translated<typeof english.usageTexts> = {
  title: 'Nutzung',
  lead: 'Der letzten 30 Tage. Anfragen mit einem Schlüssel, der als Ganzes abgelehnt wird (401), sind nicht enthalten.',
  total: (requests, errors) =>
    `${countText(requests)} ${requests === 1 ? 'Anfrage' : 'Anfragen'}, davon ${countText(errors)} Fehler.`,
  busiest: (day, requests) => `Am meisten am ${day}: ${countText(requests)}.`,
  requests: 'Anfragen pro Tag',
  errors: 'Fehler pro Tag',
  requestsChart: 'Anfragen pro Tag, letzte 30 Tage; Summe und stärkster Tag stehen darüber',
  errorsChart: 'Fehler pro Tag, letzte 30 Tage; die Summe steht darüber',
  notDrawn: 'Das Diagramm konnte nicht gezeichnet werden.',
  none: {
    title: 'In den letzten 30 Tagen nicht verwendet',
    text: 'Anfragen und Fehler werden hier pro Tag gezeichnet, wenige Sekunden, nachdem ein Programm gefragt hat.',
  },
}
