import type { Frame } from '../frame.ts'

export const germanFrame: Frame = {
  language: 'de',
  insteadOfButton: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:',
  linkWithheld: '(Link weggelassen)',
  ofDeviceData: { subject: 'Alarme', text: 'Von welchen Alarmen diese E-Mail berichtet, ist nur für ihren Empfänger bestimmt.' },
}
