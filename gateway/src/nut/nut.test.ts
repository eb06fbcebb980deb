import { expect, test } from 'vitest'
import { quoted, wordsOf } from './protocol.ts'
import { conditionsOf } from './ups-conditions.ts'
import { upsDevice } from './ups-device.ts'

test('a line of upsd is taken apart into words, quotes and backslashes resolved', () => {
  expect(wordsOf('VAR su700 ups.mfr "APC \\"A\\" \\\\ B"')).toEqual(['VAR', 'su700', 'ups.mfr', 'APC "A" \\ B'])
  expect(wordsOf('VAR a b ""')).toEqual(['VAR', 'a', 'b', ''])
  expect(wordsOf('BEGIN  LIST UPS')).toEqual(['BEGIN', 'LIST', 'UPS'])
  expect(wordsOf('VAR a b "open')).toEqual(['VAR', 'a', 'b', 'open'])
  expect(wordsOf(`PASSWORD ${quoted('a"b\\c d')}`)).toEqual(['PASSWORD', 'a"b\\c d'])
})

const ups = (variables: Record<string, string>) => ({ name: 'rack1', variables: new Map(Object.entries(variables)) })

test.each(['', '0', '000000', 'N/A', 'unknown', 'None', '----', 'Not Set'])('"%s" is no serial number', (serial) => {
  expect(upsDevice('r', undefined, ups({ 'device.serial': serial }))).toEqual({ ref: 'r', type: 'UPS', label: 'rack1' })
})

test('what a driver says is fitted to what the server takes', () => {
  const device = upsDevice('r', 'l', ups({ 'ups.mfr': `  ${'x'.repeat(300)}`, 'ups.model': '   ', 'ups.serial': ' S1 ' }))
  expect(device).toEqual({
    ref: 'r',
    type: 'UPS',
    label: 'rack1',
    locationRef: 'l',
    manufacturer: 'x'.repeat(200),
    serialNumber: 'S1',
  })
})

test.each([
  ['OL CHRG', [], ['on-battery', 'low-battery', 'replace-battery', 'overload', 'lost-communication']],
  ['OB LB RB OVER', ['on-battery', 'low-battery', 'replace-battery', 'overload'], ['lost-communication']],
  ['WAIT', [], []],
  ['', [], []],
])('the status "%s" says what holds, what is over, and what is not known', (status, holding, over) => {
  const conditions = conditionsOf(ups({ 'ups.status': status }))
  expect(conditions.holding.map(({ condition }) => condition.name)).toEqual(holding)
  expect(conditions.over).toEqual(over)
})

test('the message of an alarm holds charge and runtime where the UPS tells them', () => {
  const [on] = conditionsOf(ups({ 'ups.status': 'OB', 'battery.charge': '87.4', 'battery.runtime': '1380' })).holding
  expect(on?.detail).toBe(' (charge 87 %, runtime 23 min)')
})
