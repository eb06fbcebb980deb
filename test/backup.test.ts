import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Config, readConfig } from '../src/config.ts'
import { restore } from '../src/main.ts'
import { whyNotStarted } from '../src/start-failure.ts'
import { type ArchiveEnd, changedArchive } from './support/archive.ts'
import { startWriting } from './support/backup-writers.ts'
import { assent } from './support/command-line.ts'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest } from './support/door.ts'
import { offsetsIn, openStream, type StreamLine } from './support/measurement-stream.ts'
import { endWithin, startProcess, until } from './support/own-process.ts'
import type { Engine } from './support/server.ts'
import { startServer, testEngine } from './support/server.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess } from './support/server-process.ts'

const step = 2 ** 32
const families = [
  { list: 'inventory', changes: 'inventory-changes' },
  { list: 'alarms', changes: 'alarm-changes' },
  { list: 'sensors', changes: 'sensor-changes' },
] as const

const lines = new Connections(16)
let place: Place
let server: ServerProcess
let door: Door
let partner: PartnerOfTest
let customer: CustomerOfTest
let key: string
let files: string
let archive: string
/** What readers had been told before the backup, and what was acknowledged by then. */
let before: { offsets: number[]; alarms: string[]; measurements: StreamLine[] }

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'assent-backup-'))
  archive = join(files, 'assent.backup')
  place = await newPlace()
  server = await startServerProcess([...place.flags, '--rate-limit-factor', '1000000', '--log-level', 'error'], place.env)
  door = new Door(server.url, place.dataDir)
  partner = await door.partner('Partner')
  // Line separators, quotes and other characters that a format of lines might trip over.
  customer = await door.customer('Kläranlage "Süd"\u2028\\ 1', partner)
  const made = await door.key(partner.portal, 'all')
  key = made.secret
  // Its row comes after that of the key which refers to it.
  await partner.portal.send('POST', `/keys/${made.id}/successor`, { overlapDays: 7 })
  await backUpUnderWrites()
}, 240_000)

afterAll(async () => {
  lines.close()
  server?.signal('SIGTERM')
  if (server) await endWithin(server)
  await place?.remove()
  rmSync(files, { recursive: true, force: true })
})

const read = (url: string, path: string, secret = key) => lines.get(`${url}/rest/v1/organizations/${customer.id}/${path}`, secret)

/** Takes the backup by the command line while four gateways send and a consent goes and comes. */
async function backUpUnderWrites(): Promise<void> {
  const tokens = await Promise.all(
    [1, 2, 3, 4].map(async (number) => (await door.gateway(customer.portal, `Gateway ${number}`)).token),
  )
  const writers = startWriting(server.url, tokens, customer, lines)
  const { acknowledged } = writers
  await until('some batches', async () => acknowledged.length > 40)
  const offsets = await Promise.all(
    families.map(async ({ changes }) => (JSON.parse((await ownRead(`${changes}/0`)).text) as { offset: number }).offset),
  )
  const stream = await openStream(`${server.url}/rest/v1/organizations/${customer.id}/measurements/live`, ownKey as string)
  await stream.until('some measurements', (read) => read.length > 20)
  before = { offsets, alarms: [...acknowledged], measurements: [...stream.lines] }
  stream.close()

  const running = startProcess(['src/cli/main.ts', 'backup', archive, '--data', place.dataDir])
  const code = await endWithin(running)
  const during = acknowledged.length
  await until('batches after the backup', async () => acknowledged.length > during + 20)
  await writers.stop()
  expect({ code, said: running.stderr() }).toEqual({ code: 0, said: '' })
}

let ownKey: string | undefined
async function ownRead(path: string) {
  ownKey ??= (await door.key(customer.portal, 'own')).secret
  return read(server.url, path, ownKey)
}

/** An empty place of an engine that has the secret of the backup's server. */
async function emptyPlace(engine: Engine): Promise<Place> {
  const made = await newPlace(engine)
  const secret = place.env.ASSENT_SECRET ?? readFileSync(join(place.dataDir, 'secret'), 'utf8').trim()
  if (engine === 'postgres') return { ...made, env: { ...made.env, ASSENT_SECRET: secret } }
  writeFileSync(join(made.dataDir, 'secret'), `${secret}\n`, { mode: 0o600 })
  return made
}

async function restoreInto(to: Place, file = archive): Promise<{ code: number | string; said: string }> {
  const running = startProcess(['src/cli/main.ts', 'restore', file, '--data', to.dataDir], to.env)
  const code = await endWithin(running, 120_000)
  return { code, said: running.stdout() + running.stderr() }
}

/** Why it is not restored, in the words that the server says then: asked in this process, since to start one takes as much as all the rest. */
async function whyNotRestored(to: Place, file = archive): Promise<string> {
  const config = readConfig(['--data', to.dataDir], to.env) as Config
  return restore(config, file).then(() => 'It was restored.', whyNotStarted)
}

/** The backup's lines, changed; closed by a digest of their own, by the former one, or not at all. */
const archiveOf = (change: (lines: string[]) => string[], end: ArchiveEnd = 'own') => changedArchive(archive, files, change, end)

describe('a backup', () => {
  test('is a file for its owner alone, that names no secret, and nothing of it stands where it is not whole', async () => {
    expect(statSync(archive).mode & 0o777).toBe(0o600)
    expect(readdirSync(files)).toEqual(['assent.backup'])
    const text = gunzipSync(readFileSync(archive)).toString('utf8')
    for (const secret of [key, ownKey as string, readFileSync(join(place.dataDir, 'cli-token'), 'utf8').trim()]) {
      expect(text).not.toContain(secret.slice(-39))
    }
    const backUp = (file: string) => assent({ server: { url: server.url, dataDir: place.dataDir } }, 'backup', file)
    expect(await backUp(archive)).toMatchObject({ code: 1, err: expect.stringMatching(/is there already/) })
    expect(await backUp(join(files, 'no', 'such', 'place'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/cannot be written/),
    })
  })

  test("is for the vendor's administrators", async () => {
    const [{ id } = { id: '' }] = (
      await door.vendor<{ companies: { id: string; kind: string }[] }>('GET', '/companies')
    ).companies.filter(({ kind }) => kind === 'vendor')
    const viewer = await door.account(id, 'viewer')
    const administrator = await door.account(id)
    const ask = async (step: ReturnType<typeof viewer.step>) => {
      const { url = '', headers = {} } = 'request' in step ? step.request : {}
      return (await lines.send('GET', url, headers)).status
    }
    expect(await ask(administrator.step('GET', '/backup'))).toBe(200)
    for (const portal of [viewer, partner.portal, customer.portal]) expect(await ask(portal.step('GET', '/backup'))).toBe(403)
    expect((await lines.get(`${server.url}/api/v1/backup`, key)).status).toBe(401)
  })

  test('needs no table named: the schema has none that it would leave out, and nothing that counts beside its tables', async () => {
    const other = await startServer()
    const found = await other.database.system.rows<{ name: string; kind: string }>(sql`
      select c.relname::text as name, c.relkind::text as kind from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p', 'S', 'm', 'f') and not c.relispartition`)
    await other.close()
    const named = gunzipSync(readFileSync(archive))
      .toString('utf8')
      .split('\n')
      .filter((line) => line.startsWith('["table",'))
    expect(found.filter(({ kind }) => !['r', 'p'].includes(kind))).toEqual([])
    expect(named.map((line) => (JSON.parse(line) as string[])[1]).sort()).toEqual(
      found
        .map(({ name }) => name)
        .filter((name) => name !== 'migration')
        .sort(),
    )
  })
})

describe.each(['embedded', 'postgres'] as const)('restored on %s', (engine) => {
  test(`a backup of ${testEngine} is one consistent moment, and readers from before it find on without a gap`, async () => {
    const to = await emptyPlace(engine)
    const { code, said } = await restoreInto(to)
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^Restored \d+ rows of \d+ tables/) })
    const restored = await startServerProcess([...to.flags, '--rate-limit-factor', '1000000', '--log-level', 'error'], to.env)
    try {
      for (const [index, { list, changes }] of families.entries()) {
        const listed = JSON.parse((await read(restored.url, list, ownKey)).text)
        const fed = JSON.parse((await read(restored.url, `${changes}/0`, ownKey)).text)
        const items = (body: object) =>
          Object.values(body).find(Array.isArray) as { id?: string; inventoryObject?: object; sensor?: object }[]
        const plain = items(fed).map((one) => JSON.stringify(one.inventoryObject ?? one.sensor ?? one))
        expect(plain.sort()).toEqual(
          items(listed)
            .map((one) => JSON.stringify(one))
            .sort(),
        )
        expect(items(listed).length).toBeGreaterThan(1)

        expect(listed.offset).toBeGreaterThanOrEqual((before.offsets[index] as number) + step)
        expect(fed.offset).toBe(listed.offset)
        const old = JSON.parse((await read(restored.url, `${changes}/${before.offsets[index]}`, ownKey)).text)
        expect(old).toMatchObject({ offset: listed.offset, resyncRequired: true })
        const atHead = JSON.parse((await read(restored.url, `${changes}/${listed.offset}`, ownKey)).text)
        expect([atHead.offset, 'resyncRequired' in atHead, items(atHead).length]).toEqual([listed.offset, false, 0])
      }
      const [first = '', ...others] = offsetsIn(before.measurements)
      const log = `${restored.url}/rest/v1/organizations/${customer.id}/measurements`
      const replay = await openStream(`${log}/replay?fromOffset=${first}&toOffset=${others.at(-1)}`, ownKey as string)
      expect([replay.status, await replay.ended]).toEqual([200, 'properly'])
      const behindFirst = before.measurements.findIndex(({ offset }) => offset === first) + 1
      expect(replay.lines.slice(0, -1)).toEqual(before.measurements.slice(behindFirst))

      const held = (JSON.parse((await read(restored.url, 'alarms', ownKey)).text) as { alarms: { label: string }[] }).alarms.map(
        ({ label }) => label,
      )
      for (const label of before.alarms) expect(held).toContain(label)
      expect(new Set(held).size).toBe(held.length)
      // Of each writer no batch without the one before it.
      for (const writer of [0, 1, 2, 3]) {
        const numbers = held.filter((label) => label.startsWith(`w${writer} `)).map((label) => Number(label.split(' n')[1]))
        expect(numbers.sort((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1))
      }

      const verified = await assent({ server: { url: restored.url, dataDir: to.dataDir } }, 'audit', 'verify')
      expect(verified).toEqual({ code: 0, out: expect.stringContaining('nothing was changed'), err: '' })
      const { acts } = await new Door(restored.url, to.dataDir).vendor<{ acts: { verb: string }[] }>('GET', '/acts?limit=1000')
      expect(acts.map(({ verb }) => verb)).toContain('installation.restored')
      // What comes next is written as ever: triggers are back, feeds go on.
      const next = new Door(restored.url, to.dataDir)
      const other = await next.customer('Founded after', undefined)
      const own = await next.key(other.portal, 'own')
      const inventory = await lines.get(`${restored.url}/rest/v1/organizations/${other.id}/inventory`, own.secret)
      expect([inventory.status, JSON.parse(inventory.text).inventoryObjects.length]).toEqual([200, 1])
    } finally {
      restored.signal('SIGTERM')
      expect(await endWithin(restored)).toBe(0)
    }
    expect(await whyNotRestored(to)).toMatch(/not empty.*--data/)
    await to.remove()
  }, 240_000)
})

describe('a backup is refused, and the database stays empty,', () => {
  const refusals: [string, () => string, RegExp][] = [
    ['that is cut short', () => cut(0.6), /cut short or was changed/],
    ['that lacks its last byte', () => cut(1), /cut short or was changed/],
    ['in which a character was changed', () => changed('Kläranlage', 'Klaranlage'), /cut short or was changed/],
    ['in which a word was changed that the schema knows', () => changed('"customer"', '"costumer"'), /was changed.*company/],
    ['whose end was taken away', () => archiveOf((all) => all, 'none'), /cut short or was changed/],
    [
      'of a later version',
      () =>
        archiveOf(([head = '', ...rest]) => [
          head.replace(/\]\}$/, ',{"number":9999,"name":"9999-later","digest":"x"}]}'),
          ...rest,
        ]),
      /newer version of Assent.*9999-later/,
    ],
    [
      'of another form',
      () => archiveOf(([head = '', ...rest]) => [head.replace('"assentBackup":1', '"assentBackup":2'), ...rest]),
      /not a backup that this version/,
    ],
    ['that is something else', () => other('a letter'), /is not a backup/],
    ['that is not there', () => join(files, 'nowhere'), /cannot be read \(ENOENT\)/],
  ]

  function changed(from: string, to: string): string {
    return archiveOf((all) => all.map((line) => line.replace(from, to)), 'former')
  }

  function cut(part: number): string {
    const whole = readFileSync(archive)
    return other(whole.subarray(0, Math.min(Math.floor(whole.length * part), whole.length - 1)))
  }

  function other(content: string | Uint8Array): string {
    const path = join(files, `${createHash('sha256').update(content).digest('hex')}.other`)
    writeFileSync(path, content)
    return path
  }

  test('whatever is wrong with it', async () => {
    const to = await emptyPlace(testEngine)
    const [[, changedFile, changedWords]] = refusals as [(typeof refusals)[0]]
    expect(await restoreInto(to, changedFile())).toEqual({ code: 1, said: expect.stringMatching(changedWords) })
    for (const [wrong, file, expected] of refusals) expect(await whyNotRestored(to, file()), wrong).toMatch(expected)
    // Of no refusal anything was left: the right one still finds the database empty.
    expect((await restoreInto(to)).code).toBe(0)
    await to.remove()
  }, 240_000)

  test('made under another secret', async () => {
    const to = await newPlace()
    expect(await whyNotRestored(to)).toMatch(/under another secret.*ASSENT_SECRET/)
    await to.remove()
  }, 120_000)
})
