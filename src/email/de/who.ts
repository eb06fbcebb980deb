import type { Who } from '../who.ts'

const programs = {
  'access token': 'ein Programm mit einem Zugriffstoken',
  'command line': 'die Befehlszeile dieser Installation',
}

export function whoInWords(by: Who): string {
  if (typeof by === 'string') return by
  return 'program' in by ? programs[by.program] : `${by.person}, ${by.of}`
}
