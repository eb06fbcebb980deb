import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Front, startFront } from './support/front.ts'
import { newGateway, newOrganization, storedOf, type TestGateway } from './support/ingest.ts'
import { type Nut, startNut, usualUps } from './support/nut.ts'
import { endWithin, type OwnProcess, startProcess } from './support/own-process.ts'
import { startServer, type TestServer } from './support/server.ts'

const within = { timeout: 30_000, interval: 50 }

let server: TestServer
let nut: Nut
let front: Front
let organization: string
let token: TestGateway
let directory: string
let gateways: OwnProcess[]

beforeAll(async () => {
  server = await startServer()
  nut = await startNut({ ups: { rack1: usualUps, rack2: { ...usualUps, 'device.serial': 'Z9', 'ups.temperature': '31' } } })
})
afterAll(async () => {
  await nut.stop()
  await server.close()
})
beforeEach(async () => {
  organization = await newOrganization(server)
  token = await newGateway(server, organization)
  front = await startFront(server.url)
  directory = mkdtempSync(join(tmpdir(), 'assent-gateway-'))
  gateways = []
})
afterEach(async () => {
  for (const gateway of gateways) gateway.signal('SIGKILL')
  await Promise.all(gateways.map(({ ended }) => ended))
  await front.close()
  await nut.set('ups.status', 'OL')
  rmSync(directory, { recursive: true, force: true })
})

function configure(more: Record<string, unknown> = {}): string {
  const file = join(directory, 'gateway.yaml')
  const config = {
    server: { url: front.url, token: token.token },
    dataDirectory: './data',
    pollSeconds: 0.2,
    inventorySeconds: 2,
    devices: [{ type: 'nut', host: '127.0.0.1', port: nut.port, name: 'site', location: 'Server room' }],
    ...more,
  }
  writeFileSync(file, JSON.stringify(config)) // JSON is YAML
  return file
}

function startGateway(file: string): OwnProcess {
  const gateway = startProcess(['gateway/src/main.ts', '--config', file])
  gateways.push(gateway)
  return gateway
}

function logged(gateway: OwnProcess): { level: string; message: string; why?: string }[] {
  return gateway
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const labels = async () => [...(await storedOf(server, organization)).objects.values()].map(({ label }) => label).sort()

async function alarm(label: string): Promise<Record<string, unknown> | undefined> {
  return [...(await storedOf(server, organization)).alarms.values()].find((one) => one.label === label)
}

/** Waits until these alarms are active, each after so many reactivations, or are cleared. */
const alarmsAre = (expected: string[], state: number | 'cleared') =>
  vi.waitFor(async () => {
    const found = await Promise.all(expected.map(alarm))
    expect(found.map((one) => (one?.clearedTime ? 'cleared' : one?.alarmReactivationCount))).toEqual(expected.map(() => state))
  }, within)

describe('a gateway', () => {
  test('sends the UPSs of a NUT server as devices with the sensors that they have', async () => {
    startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toEqual(['Server room', 'UPS rack1', 'UPS rack2']), within)
    const { objects, sensors } = await storedOf(server, organization)
    const rack1 = [...objects.values()].find(({ label }) => label === 'UPS rack1') as Record<string, unknown>
    expect(rack1).toMatchObject({
      type: 'UPS',
      serialNumber: 'AS1234567890',
      manufacturer: 'American Power Conversion',
      modelName: 'Smart-UPS 1500',
      firmwareVersion: '653.18.I',
      gatewayIds: [token.id],
    })
    const own = [...sensors.values()].filter(({ deviceId }) => deviceId === rack1.id)
    expect(own.map(({ label, unit }) => `${label} ${unit}`).sort()).toEqual([
      'Battery charge %',
      'Battery runtime s',
      'Input voltage V',
      'Load %',
    ])
    expect(sensors.size).toBe(9)
  })

  test('activates, clears and reactivates alarms of the power', async () => {
    startGateway(configure())
    await nut.set('ups.status', 'OB DISCHRG')
    await alarmsAre(['On battery'], 0)
    await nut.set('ups.status', 'OB LB')
    await alarmsAre(['On battery', 'Low battery'], 0)
    expect(await alarm('On battery')).toMatchObject({ severity: 'WARNING' })
    expect(await alarm('Low battery')).toMatchObject({ severity: 'CRITICAL' })
    await nut.set('ups.status', 'OL RB OVER')
    await alarmsAre(['Replace battery', 'Overload'], 0)
    await alarmsAre(['On battery', 'Low battery'], 'cleared')
    await nut.set('ups.status', 'OB LB')
    await alarmsAre(['On battery', 'Low battery'], 1)
    await alarmsAre(['Replace battery', 'Overload'], 'cleared')
    await nut.set('ups.status', 'OL RB OVER')
    await alarmsAre(['Replace battery', 'Overload'], 1)
    await nut.set('ups.status', 'OL')
    await alarmsAre(['On battery', 'Low battery', 'Replace battery', 'Overload'], 'cleared')
    expect((await storedOf(server, organization)).alarms.size).toBe(4)
  })

  test('tells lost communication of one UPS, each time, and goes on with the other', async () => {
    startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toHaveLength(3), within)
    await nut.loseDriver('rack2')
    await nut.set('ups.status', 'OB')
    await alarmsAre(['Lost communication', 'On battery'], 0)
    const message = expect.stringMatching(/^UPS rack2 cannot be read: /)
    expect(await alarm('Lost communication')).toMatchObject({ severity: 'ERROR', message })
    expect(await alarm('On battery')).toMatchObject({ message: expect.stringMatching(/^UPS rack1 runs on battery/) })
    await nut.startDriver('rack2')
    await alarmsAre(['Lost communication'], 'cleared')
    await nut.loseDriver('rack2')
    await alarmsAre(['Lost communication'], 1)
    await nut.startDriver('rack2')
    await alarmsAre(['Lost communication'], 'cleared')
    expect(await labels()).toHaveLength(3)
  })

  test('tells lost communication of all UPSs of a server that does not answer, and keeps them', async () => {
    startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toHaveLength(3), within)
    await nut.loseServer()
    const lost = async () => [...(await storedOf(server, organization)).alarms.values()].filter((one) => !('clearedTime' in one))
    await vi.waitFor(async () => expect(await lost()).toHaveLength(2), within)
    await nut.startServer()
    await vi.waitFor(async () => expect(await lost()).toHaveLength(0), within)
    expect(await labels()).toHaveLength(3)
  })

  test('reads only the UPSs that its configuration names', async () => {
    const devices = [{ type: 'nut', host: '127.0.0.1', port: nut.port, ups: ['rack2', 'nothing'] }]
    const gateway = startGateway(configure({ devices }))
    await vi.waitFor(async () => expect(await labels()).toEqual(['UPS rack2']), within)
    expect(gateway.stdout()).toContain('upsd does not list nothing: correct devices[].ups')
  })

  test('takes away what its NUT server is no longer configured for', async () => {
    const first = startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toHaveLength(3), within)
    first.signal('SIGTERM')
    expect(await endWithin(first)).toBe(0)
    startGateway(configure({ devices: [{ type: 'nut', host: '127.0.0.1', port: nut.port, name: 'site', ups: ['rack1'] }] }))
    await vi.waitFor(async () => expect(await labels()).toEqual(['UPS rack1']), within)
  })
})

describe('what cannot be sent', () => {
  test('is kept and sent later, in order, with nothing lost', async () => {
    startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toHaveLength(3), within)
    front.passTo(null)
    for (const status of ['OB', 'OL', 'OB', 'OL']) {
      await nut.set('ups.status', status)
      const [last] = [status === 'OB' ? 'activatedTime' : 'clearedTime']
      await vi.waitFor(() => expect(newestQueued()).toContain(last), within)
    }
    expect(await alarm('On battery')).toBeUndefined()
    front.passTo(server.url)
    await vi.waitFor(async () => {
      expect(await alarm('On battery')).toMatchObject({ alarmReactivationCount: 1, clearedTime: expect.any(String) })
      expect(readdirSync(join(directory, 'data/queue'))).toEqual([])
    }, within)
  })

  test('survives the end of the gateway by kill -9, and no alarm is doubled', async () => {
    front.passTo(null)
    const file = configure()
    const first = startGateway(file)
    await nut.set('ups.status', 'OB')
    await vi.waitFor(() => expect(newestQueued()).toContain('On battery'), within)
    first.signal('SIGKILL')
    await first.ended
    await nut.set('ups.status', 'OL')
    front.passTo(server.url)
    startGateway(file)
    await vi.waitFor(
      async () => expect(await alarm('On battery')).toMatchObject({ alarmReactivationCount: 0, clearedTime: expect.any(String) }),
      within,
    )
    expect((await storedOf(server, organization)).alarms.size).toBe(1)
  })

  test('survives kill -9 in the moment between the first batch and the first state', async () => {
    front.passTo(null)
    await nut.set('ups.status', 'OB')
    const file = configure()
    const first = startGateway(file)
    await vi.waitFor(() => expect(newestQueued()).toContain('On battery'), within)
    first.signal('SIGKILL')
    await first.ended
    rmSync(join(directory, 'data/state.json'), { force: true }) // what the kill may have come before
    await nut.set('ups.status', 'OL')
    front.passTo(server.url)
    startGateway(file)
    await vi.waitFor(
      async () => expect(await alarm('On battery')).toMatchObject({ alarmReactivationCount: 0, clearedTime: expect.any(String) }),
      within,
    )
  })

  test('waits for as long as the server asks', async () => {
    front.answerNext({ status: 503, headers: { 'retry-after': '2' } })
    const started = Date.now()
    startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toHaveLength(3), within)
    expect(Date.now() - started).toBeGreaterThan(2000)
    await vi.waitFor(() => expect(front.answered.map(({ status }) => status).slice(0, 2)).toEqual([503, 200]), within)
  })

  test('is set aside where the server refuses its content, and does not block the next', async () => {
    front.answerNext({ status: 422, body: '{"detail":"Nothing of this batch was stored."}' })
    const gateway = startGateway(configure())
    await vi.waitFor(async () => expect(await labels()).toHaveLength(3), within)
    expect(readdirSync(join(directory, 'data/refused'))).toEqual(['000000000001.json', '000000000001.json.why'])
    expect(readFileSync(join(directory, 'data/refused/000000000001.json.why'), 'utf8')).toContain(
      'Nothing of this batch was stored.',
    )
    expect(logged(gateway)).toContainEqual(expect.objectContaining({ level: 'error', setAside: 1, dropped: 0 }))
  })

  test('is kept while the token is not valid, and the log says so without it', async () => {
    await server.database.system.rows(sql`update gateway set removed_at = now() where id = ${token.id}`)
    const gateway = startGateway(configure())
    await vi.waitFor(() => expect(gateway.stdout()).toContain('the token is not valid (401)'), within)
    expect(readdirSync(join(directory, 'data/queue'))).not.toEqual([])
    expect(readdirSync(join(directory, 'data/refused'))).toEqual([])
    expect(gateway.stdout() + gateway.stderr()).not.toContain(token.token.slice(15))
  })

  function newestQueued(): string {
    const names = readdirSync(join(directory, 'data/queue'))
      .filter((name) => name.endsWith('.json'))
      .sort()
    const name = names.at(-1)
    return name === undefined ? '' : readFileSync(join(directory, 'data/queue', name), 'utf8')
  }
})

describe('the program', () => {
  test('with --check reads once, prints what it would send, and sends nothing', async () => {
    const checking = startProcess(['gateway/src/main.ts', '--config', configure(), '--check'])
    expect(await endWithin(checking)).toBe(0)
    expect(JSON.parse(checking.stdout()).inventory.devices.map(({ ref }: { ref: string }) => ref)).toEqual([
      'nut/site/rack1',
      'nut/site/rack2',
    ])
    expect(JSON.parse(checking.stdout()).measurements).toContainEqual({
      sensorRef: 'nut/site/rack1/input.voltage',
      timestamp: expect.any(String),
      numericValue: 230.4,
    })
    expect(front.answered).toEqual([])
  })

  test('refuses a data directory that another one uses, and takes over from one that was killed', async () => {
    const file = configure()
    const first = startGateway(file)
    await vi.waitFor(() => expect(first.stdout()).toContain('gateway started'), within)
    const second = startProcess(['gateway/src/main.ts', '--config', file])
    expect(await endWithin(second)).toBe(1)
    expect(second.stderr()).toMatch(
      /another gateway \(process \d+\) uses .*: stop it, or give this one a dataDirectory of its own/,
    )
    first.signal('SIGKILL')
    await first.ended
    const third = startGateway(file)
    await vi.waitFor(() => expect(third.stdout()).toContain('gateway started'), within)
  })
})
