import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const token = `gw_${'a'.repeat(51)}`
const good = `server:
  url: https://assent.example
  token: ${token}
dataDirectory: data
devices:
  - type: nut
    host: 10.0.0.5
`

let directory: string
let file: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assent-config-'))
  file = join(directory, 'gateway.yaml')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function read(text: string) {
  writeFileSync(file, text)
  return readConfig(file)
}

test('a short file is enough, and its paths are relative to it', () => {
  expect(read(good)).toEqual({
    url: new URL('https://assent.example/'),
    token,
    dataDirectory: join(directory, 'data'),
    pollMs: 5000,
    inventoryMs: 300_000,
    measurementMs: undefined,
    measurementQueue: { bytesMax: 200 * 1024 * 1024 },
    queue: { batchesMax: 10_000, bytesMax: 200 * 1024 * 1024 },
    servers: [{ type: 'nut', host: '10.0.0.5', port: 3493, name: '10.0.0.5:3493' }],
  })
})

test('how often is measured, and how much of it may wait, can be set', () => {
  const more = 'measurementSeconds: 30\nqueue:\n  measurementMegabytesMax: 0.5\n'
  expect(read(`${good}${more}`)).toMatchObject({ measurementMs: 30_000, measurementQueue: { bytesMax: 512 * 1024 } })
})

test('the token may lie in a file of its own', () => {
  writeFileSync(join(directory, 'token'), `${token}\n`)
  expect(read(good.replace(`token: ${token}`, 'tokenFile: token')).token).toBe(token)
})

test.each([
  ['a list that is not closed', good.replace('nut\n', '[nut\n'), /^:\d+:\d+: is not YAML: /],
  ['an empty file', '', /^(:\d+:\d+)?: server is required/],
  ['a port that is none', `${good}    port: 70000\n`, /^:8:11: devices\[0\]\.port must be at most 65535$/],
  ['an interval of nothing', `${good}measurementSeconds: 0\n`, /^:8:21: measurementSeconds must be at least 0\.1$/],
  ['an interval that is none', `${good}measurementSeconds: often\n`, /^:8:21: measurementSeconds must be of the type number$/],
  [
    'no room for measurements',
    `${good}queue:\n  measurementMegabytesMax: 0\n`,
    /^:9:28: queue\.measurementMegabytesMax must be at least 0\.1$/,
  ],
  ['a misspelt field', `${good}    hots: x\n`, /^:8:11: devices\[0\]\.hots is not known here: correct its name or leave it out$/],
  ['no host', good.replace('    host: 10.0.0.5\n', ''), /^:6:5: devices\[0\]\.host is required \(string\)$/],
  ['another type', good.replace('nut', 'snmp'), /^:6:11: devices\[0\]\.type must be nut: that is what this gateway reads$/],
  ['no servers', good.replace(/devices:.*/s, 'devices: []\n'), /^:5:10: devices must name a NUT server at least$/],
  [
    'a url that is none',
    good.replace('https://assent.example', 'assent'),
    /^:2:8: server\.url must be the address of Assent, for example https:/,
  ],
  ['plain http to elsewhere', good.replace('https:', 'http:'), /^:2:8: server\.url must begin with https: the token would cross/],
  ['no token', good.replace(`  token: ${token}\n`, ''), /^:2:3: server needs either token or tokenFile/],
  ['a cut token', good.replace(token, 'gw_abc'), /^:3:10: server\.token does not hold a gateway token/],
  [
    'two servers of one name',
    `${good}  - type: nut\n    host: 10.0.0.5\n`,
    /^:8:5: devices\[1\] is a second NUT server with the name 10\.0\.0\.5:3493/,
  ],
])('%s is refused by place, with what to do', (_, text, message) => {
  try {
    read(text)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    const said = (error as Error).message
    expect(said.startsWith(file)).toBe(true)
    expect(said.slice(file.length)).toMatch(message)
    expect(said).not.toContain(token)
    return
  }
  expect.unreachable('the file was taken')
})

test('files that are not there are named', () => {
  expect(() => readConfig(join(directory, 'none.yaml'))).toThrow(
    /none\.yaml: cannot be read \(ENOENT\): give the path of the configuration file/,
  )
  expect(() => read(good.replace(`token: ${token}`, 'tokenFile: none'))).toThrow(
    /none: cannot be read \(ENOENT\): put the token in it$/,
  )
})

test('plain http to this machine, or where it is permitted, is taken', () => {
  expect(read(good.replace('https://assent.example', 'http://localhost:4700')).url.href).toBe('http://localhost:4700/')
  expect(read(good.replace('https://assent.example', 'http://assent\n  allowPlainHttp: true')).url.href).toBe('http://assent/')
})
