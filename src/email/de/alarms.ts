import { type Alarm, inOneLine, placeOf, shortened } from '../alarms.ts'
import type { Translation } from '../messages.ts'
import { momentInWords, numberInWords, plural } from './locale.ts'

const severities: Record<Alarm['severity'], string> = {
  FAIL: 'Ausgefallen',
  CRITICAL: 'Kritisch',
  ERROR: 'Fehler',
  WARNING: 'Warnung',
  UNKNOWN: 'Unbekannt',
  INITIALIZE: 'Startet',
  INFO: 'Information',
  OK: 'OK',
}

/** About alarms. */
export const alarmMessages: Pick<Translation, 'alarms'> = {
  alarms: ({ alarms, total }, { url }) => {
    const [first] = alarms as [Alarm]
    const place = placeOf(first)
    const what = `${first.label}${place === '' ? '' : ` (${place})`}`
    const more = total - alarms.length
    return {
      subject: shortened(total === 1 ? `${stateOf(first)}: ${what}` : `${numberInWords(total)} Alarme, zuerst ${what}`),
      before: [
        plural(total, {
          one: 'Ein Alarm, über den Sie informiert werden möchten.',
          other: 'Alarme, über die Sie informiert werden möchten, der schwerwiegendste zuerst.',
        }),
      ],
      page:
        first.organization === undefined ? ['Ihre Alarme ansehen', `${url}/alarms`] : ['Ihre Kunden ansehen', `${url}/customers`],
      facts: alarms.map((one) => [stateOf(one), inOneLine(one, timesOf(one))]),
      after: [
        ...(more > 0
          ? [
              plural(more, {
                one: 'Und ein weiterer, den das Portal zeigt.',
                other: `Und ${numberInWords(more)} weitere, die das Portal zeigt.`,
              }),
            ]
          : []),
        'Nach jeder E-Mail werden weitere Alarme fünf Minuten lang für die nächste gesammelt.',
      ],
      stop: 'Sie erhalten diese E-Mails, weil Sie sie auf der Seite „Alarme“ gewählt haben. Um sie zu beenden, öffnen Sie diese Adresse',
    }
  },
}

function stateOf({ severity, clearedTime }: Alarm): string {
  return clearedTime === undefined ? severities[severity] : 'Beendet'
}

function timesOf({ activatedTime, clearedTime }: Alarm): string {
  return `${momentInWords(activatedTime)}${clearedTime === undefined ? '' : `, beendet ${momentInWords(clearedTime)}`}`
}
