import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { type Config, readConfig } from '../src/config.ts'
import { serverSecrets } from '../src/domain/server-secrets.ts'
import { start } from '../src/main.ts'
import { companies } from '../src/store/companies.ts'
import { emptyDatabase } from '../test/support/empty-database.ts'
import { startServer, type TestServer, testEngine } from '../test/support/server.ts'
import { takeStep } from './demo-life.ts'
import { buildWorld } from './world.ts'
import { readWorld, type World, worldPath } from './world-file.ts'

const stepMs = 60_000
/** What a world is told that is built before its server. */
const builtUrl = 'http://localhost:4700'
const secret = 'a secret for these tests alone, long enough'

/** What answers of the device-data API hold, each its part. */
interface Body {
  organizations: { id: string; label: string }[]
  inventoryObjects: { id: string; type?: string }[]
  inventoryObjectChanges: unknown[]
  ancestors: { type?: string; inventoryObjectType: string }[]
  alarms: { clearedTime?: string; alarmReactivationCount: number }[]
  offset: number
}

/** A server with the world. On a PostgreSQL no start builds one: there it is built before the start. */
async function startWithWorld(): Promise<Pick<TestServer, 'url' | 'context' | 'dataDir' | 'restart' | 'close'>> {
  if (testEngine === 'embedded') return startServer({ world: true })
  const { db, dataDir, url: databaseUrl, drop } = await emptyDatabase()
  await buildWorld({ db, clock: systemClock, secrets: serverSecrets(secret), config: { url: builtUrl, dataDir } })
  await db.close()
  const env = { DATABASE_URL: databaseUrl, ASSENT_SECRET: secret }
  const config = readConfig(['--port', '0', '--data', dataDir, '--log-level', 'silent'], env) as Config
  let running = await start(config)
  return {
    get url() {
      return running.url
    },
    get context() {
      return running.context
    },
    dataDir,
    restart: async () => {
      await running.close()
      running = await start(config)
    },
    close: async () => {
      await running.close()
      await drop()
    },
  }
}

describe('the world that a first start builds', () => {
  let server: Awaited<ReturnType<typeof startWithWorld>>
  let world: World

  beforeAll(async () => {
    server = await startWithWorld()
    world = readWorld(server.dataDir) as World
  })
  afterAll(() => server.close())

  const ask = async (path: string, key: string) => {
    const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const labels = async (key: string) => (await ask('/rest/v1/organizations', key)).body.organizations.map(({ label }) => label)
  const demoOrganization = async () => (await ask('/rest/v1/organizations', world.keys.demo)).body.organizations[0]?.id

  test('is told in a file that its owner alone can read, in the promised shape', () => {
    expect(statSync(worldPath(server.dataDir)).mode & 0o777).toBe(0o600)
    const written = JSON.parse(readFileSync(worldPath(server.dataDir), 'utf8'))
    expect(Object.keys(written).sort()).toEqual(['keys', 'organizations', 'people', 'url'])
    expect(written.url).toBe(testEngine === 'embedded' ? server.url : builtUrl)
    expect(written.people.map(({ kind }: World['people'][number]) => kind)).toEqual([
      'vendor',
      'partner',
      ...Array(4).fill('customer'),
    ])
    expect(written.organizations.map(({ state }: World['organizations'][number]) => state)).toEqual([
      'valid',
      'no consent',
      'no active subscription',
      'not connected',
    ])
  })

  test('lets each of its people sign in as the administrator of the company that it names', async () => {
    expect(new Set(world.people.map(({ password }) => password)).size).toBe(world.people.length)
    for (const { company, kind, email, password } of world.people) {
      const response = await fetch(`${server.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
      expect(response.status, company).toBe(200)
      expect(await response.json()).toMatchObject({ company: { kind, name: company }, role: 'administrator' })
    }
  })

  test('has keys that read what their kind promises, and each customer as its state says', async () => {
    const valid = world.organizations.filter(({ state }) => state === 'valid').map(({ label }) => label)
    expect(await labels(world.keys.all)).toEqual(valid)
    expect(await labels(world.keys.specific)).toEqual(valid)
    expect(await labels(world.keys.own)).toEqual([valid[0]])
    for (const { id, label, state } of world.organizations) {
      for (const resource of ['inventory', 'alarms', 'sensors']) {
        const { status } = await ask(`/rest/v1/organizations/${id}/${resource}`, world.keys.all)
        expect(status, `${resource} of ${label}`).toBe(state === 'valid' ? 200 : 403)
        expect((await ask(`/rest/v1/organizations/${id}/${resource}`, world.keys.demo)).status).toBe(403)
      }
    }
  })

  test('shows the partner why each connected customer is valid or not', async () => {
    const { email, password } = world.people.find(({ kind }) => kind === 'partner') as World['people'][number]
    const signedIn = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ')
    const answer = await fetch(`${server.url}/api/v1/customers`, { headers: { cookie } })
    const { customers } = (await answer.json()) as { customers: { organizationId: string; state: string }[] }
    const connected = world.organizations.filter(({ state }) => state !== 'not connected')
    expect(new Map(customers.map(({ organizationId, state }) => [organizationId, state]))).toEqual(
      new Map(connected.map(({ id, state }) => [id, state])),
    )
  })

  test('has outlets in banks of rack PDUs in racks of rooms of buildings of sites', async () => {
    const path = `/rest/v1/organizations/${world.organizations[0]?.id}/inventory`
    const { body } = await ask(path, world.keys.own)
    const outlet = body.inventoryObjects.find(({ type }) => type === 'OUTLET')
    const { ancestors } = (await ask(`${path}/${outlet?.id}`, world.keys.own)).body
    expect(ancestors.map((one) => one.type ?? one.inventoryObjectType)).toEqual([
      ...['OUTLET_GROUP', 'RPDU', 'RACK', 'ROOM', 'BUILDING', 'SITE'],
      'Organization',
    ])
  })

  test('has a demo company of active, cleared and reactivated alarms', async () => {
    const { body } = await ask(`/rest/v1/organizations/${await demoOrganization()}/alarms`, world.keys.demo)
    const { alarms } = body
    expect(alarms.filter(({ clearedTime }) => clearedTime === undefined).length).toBeGreaterThanOrEqual(5)
    expect(alarms.filter(({ clearedTime }) => clearedTime !== undefined).length).toBeGreaterThanOrEqual(5)
    expect(alarms.filter(({ alarmReactivationCount }) => alarmReactivationCount > 0).length).toBeGreaterThanOrEqual(5)
  })

  test('has a demo company that changes at each step, with an alarm every few, and never has more alarms', async () => {
    const organization = `/rest/v1/organizations/${await demoOrganization()}`
    const offsetOf = async (list: string) => (await ask(`${organization}/${list}`, world.keys.demo)).body.offset
    const start = Math.floor(server.context.clock.now().getTime() / stepMs)
    await takeStep(server.context, start, stepMs)
    const alarmCount = (await ask(`${organization}/alarms`, world.keys.demo)).body.alarms.length
    const alarmsBefore = await offsetOf('alarms')
    let inventoryBefore = await offsetOf('inventory')
    for (let step = start + 1; step <= start + 5; step += 1) {
      await takeStep(server.context, step, stepMs)
      const { body } = await ask(`${organization}/inventory-changes/${inventoryBefore}`, world.keys.demo)
      expect(body.inventoryObjectChanges.length, `step ${step - start}`).toBeGreaterThan(0)
      inventoryBefore = body.offset
    }
    const changed = (await ask(`${organization}/alarm-changes/${alarmsBefore}`, world.keys.demo)).body.alarms
    expect(changed.length).toBeGreaterThan(0)
    expect((await ask(`${organization}/alarms`, world.keys.demo)).body.alarms).toHaveLength(alarmCount)
  })

  test('takes a step that another process took as done', async () => {
    const step = Math.floor(server.context.clock.now().getTime() / stepMs) + 100
    const [one, other] = await Promise.all([takeStep(server.context, step, stepMs), takeStep(server.context, step, stepMs)])
    expect([one?.duplicate, other?.duplicate].sort()).toEqual([false, true])
  })

  test('is not built again by a later start, which finds its people and tells the present address', async () => {
    await server.restart()
    const later = readWorld(server.dataDir) as World
    expect(later).toEqual({ ...world, url: testEngine === 'embedded' ? server.url : builtUrl })
    expect(await labels(later.keys.all)).toEqual([world.organizations[0]?.label])
  })
})

test('a world whose making fails leaves an empty database, on which the next start makes a whole one', async () => {
  const { db, dataDir, drop } = await emptyDatabase()
  const notADirectory = join(dataDir, 'file')
  writeFileSync(notADirectory, '')
  try {
    const context = { db, clock: systemClock, secrets: serverSecrets(secret) }
    const build = (directory: string) => buildWorld({ ...context, config: { url: builtUrl, dataDir: directory } })
    await expect(build(notADirectory)).rejects.toThrow()
    expect(await companies(db.system)).toEqual([])
    const world = await build(dataDir)
    expect(readWorld(dataDir)).toEqual(world)
    expect(await companies(db.system)).toHaveLength(7)
    expect(await build(dataDir)).toBeNull()
  } finally {
    await db.close()
    await drop()
  }
})
