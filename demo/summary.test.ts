import { expect, test } from 'vitest'
import { worldSummary } from './summary.ts'
import type { World } from './world-file.ts'

const world: World = {
  url: 'http://localhost:4700',
  people: [
    { company: 'Ostrivane Works', kind: 'vendor', email: 'admin@ostrivane.example', password: 'ydvx-g24t-f22z-ytm4' },
    { company: 'Brackenmoor Hospital', kind: 'customer', email: 'admin@brackenmoor.example', password: 'peuz-rp4s-ju6b-ij5p' },
  ],
  organizations: [{ id: '1', label: 'Brackenmoor Hospital', state: 'no active subscription' }],
  keys: {
    all: `ak_live_${'a'.repeat(51)}`,
    specific: `ak_live_${'s'.repeat(51)}`,
    demo: `ak_demo_${'d'.repeat(51)}`,
    own: `ak_live_${'o'.repeat(51)}`,
  },
}
const summary = worldSummary(world, 'http://localhost:4700', '/var/lib/assent')

test('the summary says how to sign in as each, and how the customers stand', () => {
  for (const { company, kind, email, password } of world.people) {
    expect(summary).toMatch(new RegExp(`^${company} +${kind} +${email} +${password}$`, 'm'))
  }
  expect(summary).toMatch(/^Brackenmoor Hospital +no active subscription$/m)
  expect(summary).toContain('/var/lib/assent/world.json')
})

test('the summary has one curl line that works as it stands, and fits 80 columns otherwise', () => {
  const curl = `curl -s -H 'Authorization: Bearer ${world.keys.all}' http://localhost:4700/rest/v1/organizations`
  const lines = summary.split('\n')
  expect(lines.filter((line) => line.startsWith('curl'))).toEqual([curl])
  expect(lines.filter((line) => line.length > 80)).toEqual([curl])
})
