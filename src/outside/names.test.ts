import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NameServer, startNameServer } from '../../test/support/name-server.ts'
import { type Receiver, startReceiver } from '../../test/support/receiver.ts'
import { insideOf } from '../address-settings.ts'
import { outsideAsk } from './ask.ts'
import { type Resolve, systemNames } from './names.ts'

/** More than the threads in which the system's library would look names up. */
const silentCount = 32
const silent = Array.from({ length: silentCount }, (_, nth) => `silent${nth}.example`)

let server: NameServer
let declining: NameServer
let hook: Receiver
let directory: string
let resolve: Resolve
beforeAll(async () => {
  const known = {
    'quick.example': ['127.0.0.1'],
    'two.example': ['192.0.2.1', '192.0.2.2'],
    'half.example': ['192.0.2.6'],
    'written.example': ['192.0.2.3'],
    'bare.cluster.example': ['192.0.2.4'],
    'a.service.cluster.example': ['192.0.2.5'],
    'a.team': ['192.0.2.8'],
    'a.team.cluster.example': ['192.0.2.9'],
    'alias.example': ['192.0.2.10'],
    'shared.example': ['192.0.2.11'],
    ...Object.fromEntries(silent.map((name) => [name, null])),
  }
  server = await startNameServer(known, { halfSilent: ['half.example'], aliases: ['alias.example'] })
  declining = await startNameServer({}, { declines: true })
  hook = await startReceiver()
  directory = await mkdtemp(join(tmpdir(), 'assent-names-'))
  const [hostsFile, resolverFile] = [join(directory, 'hosts'), join(directory, 'resolv.conf')]
  await writeFile(hostsFile, '# Ours\n127.0.0.1\tlocalhost\n10.0.0.7  Written.example alias # and more\nfd00::7 alias\n')
  await writeFile(resolverFile, 'nameserver 192.0.2.53\nsearch other.example cluster.example\n')
  resolve = systemNames({ hostsFile, resolverFile, servers: [server.address] })
})
afterAll(async () => {
  server?.close()
  declining?.close()
  await hook?.close()
  if (directory) await rm(directory, { recursive: true })
})

test('names whose servers are silent keep no other one waiting', async () => {
  const ask = outsideAsk(insideOf(['127.0.0.1']), resolve)
  const ending = new AbortController()
  let ended = 0
  const unanswered = silent.map(async (name) => {
    const outcome = await ask({ url: `https://${name}/`, signal: ending.signal })
    ended += 1
    return outcome
  })
  await expect.poll(() => silent.filter((name) => !server.asked.has(name))).toEqual([])
  expect(await ask({ url: hook.url.replace('127.0.0.1', 'quick.example') })).toMatchObject({ state: 'answered', status: 204 })
  expect(ended).toBe(0)
  ending.abort()
  for (const outcome of await Promise.all(unanswered)) expect(outcome).toMatchObject({ state: 'failed', reason: 'ended' })
})

test('names are those of the hosts file, then of name servers, in the domains that are searched; a name that nobody knows has none', async () => {
  const addresses = async (host: string) => (await resolve(host)).map(({ address, family }) => `${address} ${family}`)
  expect(await addresses('two.example')).toEqual(['192.0.2.1 4', '192.0.2.2 4'])
  expect(await addresses('half.example')).toEqual(['192.0.2.6 4'])
  expect(await addresses('written.EXAMPLE.')).toEqual(['10.0.0.7 4'])
  expect(await addresses('alias')).toEqual(['10.0.0.7 4', 'fd00::7 6'])
  expect(await addresses('localhost')).toEqual(['127.0.0.1 4'])
  expect(await addresses('any.localhost')).toEqual(['127.0.0.1 4', '::1 6'])
  expect(await addresses('bare')).toEqual(['192.0.2.4 4'])
  expect(await addresses('a.service')).toEqual(['192.0.2.5 4'])
  for (const unknown of ['bare.', 'nowhere.example']) await expect(resolve(unknown)).rejects.toMatchObject({ code: 'ENOTFOUND' })
  expect(server.asked).not.toContain('written.example')
})

test('a name that stands for another one has its address, though the answer for IPv4 comes late', async () => {
  expect(await resolve('alias.example')).toEqual([{ address: '192.0.2.10', family: 4 }])
})

test('one name that many ask for at once is looked up once, and anew for whoever comes later', async () => {
  const questions = () => server.questions.filter((name) => name === 'shared.example').length
  await Promise.all(Array.from({ length: 20 }, () => resolve('shared.example')))
  expect(questions()).toBe(1)
  expect(await resolve('Shared.example')).toEqual([{ address: '192.0.2.11', family: 4 }])
  expect(questions()).toBe(2)
})

test('where the first name server declines, the next one is asked', async () => {
  const second = systemNames({ servers: [declining.address, server.address], resolverFile: '/dev/null', hostsFile: '/dev/null' })
  expect(await second('two.example')).toHaveLength(2)
  expect(declining.asked).toContain('two.example')
})

test('a name with fewer dots than resolv.conf asks for is first one of the domains that are searched', async () => {
  expect(await resolve('a.team')).toEqual([{ address: '192.0.2.8', family: 4 }])
  const resolverFile = join(directory, 'ndots.conf')
  await writeFile(resolverFile, 'search cluster.example\noptions timeout:2 ndots:2\n')
  const searching = systemNames({ hostsFile: '/dev/null', resolverFile, servers: [server.address] })
  expect(await searching('a.team')).toEqual([{ address: '192.0.2.9', family: 4 }])
})
