import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ChainCheck } from './chain.ts'

const start = createHash('sha256').update('assent').digest('hex')
/** As a server shows an act of which it withholds a part. */
const withheld = (verb: string, said: object) => ({
  seq: 1,
  at: '2026-11-01T08:00:00.000Z',
  verb,
  record: JSON.stringify({ seq: 1, at: '2026-11-01T08:00:00.000000Z', verb, ...said }),
  previous: start,
  digest: '0'.repeat(64),
  withheld: true as const,
})
const faultsOf = (act: ReturnType<typeof withheld>) => {
  const check = new ChainCheck(true)
  check.add(act)
  return check.faults.map(({ what }) => what)
}
const device = { subject: { kind: 'device', id: 'ups' }, companies: ['north'], details: { changed: ['label'] } }

test('a part is withheld of acts on devices, locations and webhooks alone: a server that shows another so is not believed', () => {
  expect(faultsOf(withheld('device.changed', device))).toEqual([])
  const refused = [expect.stringContaining('though nothing of such an act may be withheld')]
  expect(faultsOf(withheld('consent.given', { ...device, subject: { kind: 'consent', id: 'both' } }))).toEqual(refused)
  expect(faultsOf(withheld('consent.given', device))).toEqual(refused)
  expect(faultsOf(withheld('device.changed', { ...device, companies: ['north', 'acme'] }))).toEqual(refused)
  expect(faultsOf(withheld('device.changed', { ...device, details: { label: 'Forged' } }))).toEqual(refused)
  const hook = {
    ...device,
    subject: { kind: 'webhook', id: 'desk' },
    details: { name: 'Desk', url: 'https://desk.example:8443' },
  }
  expect(faultsOf(withheld('webhook.created', hook))).toEqual([])
  for (const details of [{ enabled: false }, { url: 'https://desk.example/forged' }])
    expect(faultsOf(withheld('webhook.changed', { ...hook, details }))).toEqual(refused)
})
