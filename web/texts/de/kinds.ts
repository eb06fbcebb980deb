import type * as english from '../kinds.ts'

export const kindTexts: typeof english.kindTexts = {
  inventory: 'Standorte und Geräte',
  alarms: 'Alarme',
  sensors: 'Sensoren und was sie messen',
}

export const kindsInWords: typeof english.kindsInWords = (kinds) => {
  const shared = (['inventory', 'alarms', 'sensors'] as const).filter((kind) => kinds[kind])
  return shared.map((kind) => kindTexts[kind]).join('; ')
}

export const kindsAlone: typeof english.kindsAlone = kindsInWords
