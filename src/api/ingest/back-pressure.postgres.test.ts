import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { newGateway, newOrganization, type TestGateway } from '../../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import { waitingBytesMax } from '../../measurements/appender.ts'
import { reportBounds } from '../../measurements/report.ts'
import { ingestLimits } from './limits.ts'

let server: TestServer
let metrics: string
let reports = 0

beforeAll(async () => {
  const port = await freePort()
  metrics = `http://127.0.0.1:${port}/metrics`
  server = await startServer({ flags: ['--metrics-port', String(port)] })
})
afterAll(() => server.close())

/** An organization with so many gateways, which know one sensor. */
interface Site {
  organization: string
  gateways: TestGateway[]
}

type Answer = Awaited<ReturnType<TestGateway['measure']>>

/** A report on its way: `answered` is there when an answer came. */
interface Sent {
  gateway: TestGateway
  batchId: string
  lines: string
  answer: Promise<Answer>
  answered: Answer | undefined
}

async function newSite(gateways: number): Promise<Site> {
  const organization = await newOrganization(server)
  const site: Site = { organization, gateways: [] }
  for (let nth = 0; nth < gateways; nth += 1) {
    const gateway = await newGateway(server, organization)
    const { status } = await gateway.send({
      batchId: 'devices',
      inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: 'UPS' }] },
      sensors: { full: true, sensors: [{ ref: 'a', deviceRef: 'ups', label: 'Load', type: 'LOAD' }] },
    })
    expect(status).toBe(200)
    site.gateways.push(gateway)
  }
  return site
}

/** What is stored of a line is longer than the line: so what waits to be stored can reach its bound before bodies reach theirs. */
const line = '{"sensorRef":"a","timestamp":"2026-03-01T10:00Z","numericValue":1e20}\n'
const stretched = '{"sensorId":"xxxxxx0","timestamp":"2026-03-01T10:00:00.000Z","numericValue":100000000000000000000}\n'

async function backlogBytes(): Promise<number> {
  const text = await (await fetch(metrics)).text()
  return Number(/^assent_measurement_backlog_bytes (\d+)$/m.exec(text)?.[1])
}

/** Sends a report, and resolves when it waits to be stored, or is answered. */
async function send(gateway: TestGateway | undefined, lines = line): Promise<Sent> {
  if (gateway === undefined) throw new Error('The site has too few gateways.')
  const before = await backlogBytes()
  reports += 1
  const batchId = `report-${reports}`
  const sent: Sent = { gateway, batchId, lines, answered: undefined, answer: gateway.measure(batchId, lines) }
  void sent.answer.then((answer) => {
    sent.answered = answer
  })
  await expect.poll(async () => sent.answered !== undefined || (await backlogBytes()) > before).toBe(true)
  return sent
}

/** While `work` lasts, nothing is stored in the logs of these sites: a transaction of another has their heads. */
async function whileHeld(sites: readonly Site[], work: () => Promise<void>): Promise<void> {
  const organizations = sites.map(({ organization }) => organization)
  await server.database.transaction('system', { kind: 'system' }, async (tx) => {
    const heads = await tx.rows(sql`
      select 1 from measurement_head where organization_id = any(${organizations}::text[]) order by organization_id for update`)
    expect(heads).toHaveLength(sites.length)
    await work()
  })
}

async function storedLines({ organization }: Site): Promise<number> {
  const [row] = await server.database.system.rows<{ lines: number }>(sql`
    select coalesce(sum(b.lines), 0)::int as lines
      from measurement_block b
      join measurement_log l on l.code = b.code
     where l.organization_id = ${organization}`)
  return row?.lines ?? 0
}

const linesOf = ({ lines }: Sent) => lines.length / line.length
const refusalOf = ({ answered }: Sent) => [
  answered?.status,
  answered?.headers.get('retry-after'),
  String(answered?.body.type).replace(/.*#/, ''),
]

/** What waited is answered with 200, what was refused is taken when it is sent again, and sent once more nothing of either is stored again. */
async function expectStoredOnce(waited: readonly Sent[], refused: readonly Sent[]): Promise<void> {
  for (const sent of waited) {
    expect(await sent.answer).toMatchObject({ status: 200, body: { duplicate: false, accepted: linesOf(sent), refused: 0 } })
  }
  for (const { gateway, batchId, lines } of refused) {
    expect(await gateway.measure(batchId, lines)).toMatchObject({ status: 200, body: { duplicate: false } })
  }
  for (const sent of [...waited.slice(0, 2), ...refused]) {
    const { gateway, batchId, lines } = sent
    const again = await gateway.measure(batchId, lines)
    expect(again).toMatchObject({ status: 200, body: { duplicate: true, accepted: linesOf(sent) } })
  }
  expect(await backlogBytes()).toBe(0)
}

describe('while the database stores nothing,', () => {
  test('an organization has 8 MiB that wait, then it is a 429, and others go on; what was refused is stored when it comes again', async () => {
    const [site, other] = [await newSite(3), await newSite(1)]
    // Three of these are more than 8 MiB, two are not; one more is being stored.
    const lines = line.repeat(35_000)
    const sent: Sent[] = []
    await whileHeld([site], async () => {
      for (const gateway of [...site.gateways, ...site.gateways]) {
        sent.push(await send(gateway, lines))
        if (sent.at(-1)?.answered) break
      }
      expect(sent.map(({ answered }) => answered?.status)).toEqual([undefined, undefined, undefined, 429])
      expect(refusalOf(sent[3] as Sent)).toEqual([429, '2', 'too-many-requests'])
      const backlog = await backlogBytes()
      expect(backlog).toBeGreaterThan(waitingBytesMax.organization)
      expect(backlog).toBeLessThanOrEqual(waitingBytesMax.organization + backlog / 3)
      expect((await other.gateways[0]?.measure('other', line))?.status).toBe(200)
    })
    await expectStoredOnce(sent.slice(0, 3), sent.slice(3))
    expect(await storedLines(site)).toBe(4 * 35_000)
  })

  test('64 MiB wait of all organizations, then it is a 503; what was refused is stored when it comes again', async () => {
    const report = line.repeat(reportBounds.linesMax)
    const storedBytes = stretched.length * reportBounds.linesMax
    const sites: Site[] = []
    for (let bytes = 0; bytes <= waitingBytesMax.all; bytes += storedBytes) sites.push(await newSite(1))
    // All their bodies have room beside each other: what refuses the last one is what waits to be stored.
    expect(sites.length * report.length).toBeLessThan(ingestLimits.bytesOfAllMax)
    const sent: Sent[] = []
    await whileHeld(sites, async () => {
      for (const { gateways } of sites) sent.push(await send(gateways[0], report))
      const answered = sent.map(({ answered }) => answered?.status)
      expect(answered).toEqual([...Array(sites.length - 1).fill(undefined), 503])
      expect(refusalOf(sent.at(-1) as Sent)).toEqual([503, '2', 'unavailable'])
      expect(await backlogBytes()).toBe((sites.length - 1) * storedBytes)
      expect(await backlogBytes()).toBeLessThanOrEqual(waitingBytesMax.all)
    })
    await expectStoredOnce(sent.slice(0, -1), sent.slice(-1))
    for (const site of sites) expect(await storedLines(site)).toBe(reportBounds.linesMax)
  })

  test('2 requests of a gateway and 8 of an organization are at once, then it is a 429; 32 of all, then it is a 503', async () => {
    const full = await Promise.all(Array.from({ length: 4 }, () => newSite(5)))
    const other = await newSite(1)
    const waited: Sent[] = []
    const refused: Sent[] = []
    await whileHeld(full, async () => {
      for (const { gateways } of full) {
        for (const gateway of gateways.slice(0, 4)) {
          for (let nth = 0; nth < 2; nth += 1) waited.push(await send(gateway))
        }
        const third = await send(gateways[0])
        const ninth = await send(gateways[4])
        expect([third, ninth].map(refusalOf)).toEqual(Array(2).fill([429, '1', 'too-many-requests']))
        refused.push(third, ninth)
      }
      expect(waited.map(({ answered }) => answered?.status)).toEqual(Array(32).fill(undefined))
      expect(await backlogBytes()).toBe(32 * stretched.length)
      const last = await send(other.gateways[0])
      expect(refusalOf(last)).toEqual([503, '2', 'unavailable'])
      refused.push(last)
    })
    await expectStoredOnce(waited, refused)
    for (const site of full) expect(await storedLines(site)).toBe(8 + 2)
    expect(await storedLines(other)).toBe(1)
  })
})
