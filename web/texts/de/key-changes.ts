import type * as english from '../key-changes.ts'
import type { Translated } from '../translated.ts'

export const networksTexts: Translated<typeof english.networksTexts> = {
  label: 'Erlaubte Netzwerke',
  hint: 'Eines pro Zeile, etwa 192.0.2.0/24 oder 2001:db8::/32. Leer: Der Schlüssel wird von überall angenommen.',
  narrowHint: 'Eines pro Zeile, jedes innerhalb eines jetzt erlaubten Netzwerks.',
  wrong: (line) => `„${line}“ ist kein Netzwerk. Schreiben Sie 192.0.2.0/24, 198.51.100.7 oder 2001:db8::/32, eines pro Zeile.`,
  anywhere: 'Von überall',
}

export const narrowKeyTexts: Translated<typeof english.narrowKeyTexts> = {
  action: 'Einschränken',
  title: (name) => `Schlüssel „${name}“ einschränken`,
  lead: 'Er funktioniert weiter, mit weniger Rechten. Das lässt sich nicht zurücknehmen: Für mehr erzeugen Sie einen neuen Schlüssel.',
  some: 'Nur einige Kunden',
  someHint: 'Er wird zu einem Schlüssel für bestimmte Kunden. Später verbundene Kunden werden nicht gelesen.',
  keep: 'Wie bisher',
  submit: 'Schlüssel einschränken',
  nothing: 'Wählen Sie, was dem Schlüssel genommen werden soll.',
  done: 'Der Schlüssel ist eingeschränkt.',
}

export const rotateKeyTexts: Translated<typeof english.rotateKeyTexts> = {
  action: 'Erneuern',
  title: (name) => `Schlüssel „${name}“ ersetzen`,
  lead: 'Erzeugt einen neuen Schlüssel mit demselben Namen, denselben Kunden, Netzwerken und demselben Ablauf. Der alte gilt für eine Übergangszeit weiter, damit Programme umgestellt werden können.',
  overlap: 'Der alte Schlüssel wird angenommen für',
  days: (days) => (days === 0 ? 'Nicht mehr: sofort abgelehnt' : `noch ${days} ${days === 1 ? 'Tag' : 'Tage'}`),
  end: (date) => `Er gilt nie über sein eigenes Ende hinaus, ${date}.`,
  submit: 'Neuen Schlüssel erzeugen',
  replacedBy: 'Ersetzt durch',
  replaces: 'Ersetzt',
}

export const snippetTexts: Translated<typeof english.snippetTexts> = {
  language: 'Sprache',
  curl: 'curl',
  typescript: 'TypeScript',
  python: 'Python',
  labels: {
    curl: 'In einem Terminal ausprobieren',
    typescript: 'Als organizations.mts speichern und ausführen: node organizations.mts',
    python: 'Als organizations.py speichern und ausführen: python3 organizations.py',
  },
}

export const reportKeyTexts: Translated<typeof english.reportKeyTexts> = {
  title: 'Schlüssel melden',
  lead: 'Sie haben einen API-Schlüssel gefunden, in öffentlichem Code oder anderswo? Geben Sie ihn hier vollständig ein, und er wird von da an abgelehnt. Wem er gehört, erfährt, dass er gefunden wurde.',
  key: 'Der Schlüssel',
  hint: 'Er beginnt mit ak_live_ oder ak_demo_.',
  missing: 'Fügen Sie den Schlüssel ein, wie Sie ihn gefunden haben.',
  submit: 'Schlüssel melden',
  done: {
    title: 'Vielen Dank',
    text: 'Wenn dies ein Schlüssel von uns ist, wird er jetzt abgelehnt, und sein Besitzer wird per E-Mail benachrichtigt. Wir sagen dasselbe, was auch immer gesendet wurde.',
  },
}
