import { describe, expect, test } from 'vitest'
import { Connections, type CustomerOfTest, Door, type Reply, randomFrom, seedOfRun, soak } from '../support/door.ts'
import { endWithin, until } from '../support/own-process.ts'
import { plantedFindings } from '../support/planted-fault.ts'
import { type Received, startReceiver } from '../support/receiver.ts'
import { newPlace, type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { examineWebhooks, owed, type Sent, type WebhookHistory, type Withdrawn } from './webhook-history.ts'

const killsMax = soak ? 20 : 2
const customersMax = 4
/** The first of them never withdraw: nothing of theirs at all may be lost. */
const steadyMax = 2
const devicesMax = 3
/**
 * One that fails keeps its device waiting for 5 s, and a kill all of them until the claim is over: with kills, less may fail and less be written, so
 * that what waits can be sent in the end.
 */
const pace = { withKills: { failsOneIn: 20, writingEveryMs: 150 }, without: { failsOneIn: 5, writingEveryMs: 20 } }
/** Some requests are answered only so late. */
const slowOneIn = 40
const slowMs = 1_500
/** A claim of a process that was killed is over by then, and what it held has been sent. */
const settledWithinMs = soak ? 300_000 : 90_000
/** By then somebody else has the webhook of a process that was killed. */
const takenOverWithinMs = 60_000

interface Site {
  customer: CustomerOfTest
  token: string
}

/** Alarms of several customers, and new labels of their devices, are sent in, and told to one receiver that fails now and then, while consent comes and goes, what was sent is sent again, and servers are killed. */
async function tellWhileKilled(
  kills: number,
  alarms: number,
  waitMs: number,
  seed: number,
  program?: string[],
): Promise<WebhookHistory> {
  const random = randomFrom(seed)
  const { failsOneIn, writingEveryMs } = kills > 0 ? pace.withKills : pace.without
  const place = await newPlace('postgres')
  const flags = [...place.flags, '--log-level', 'error', '--rate-limit-factor', '1000000', '--inside-addresses', '127.0.0.1']
  const startOne = (nth: number) =>
    startServerProcess(nth === 0 ? flags : [...flags, '--data', `${place.dataDir}/second`], place.env, program)
  const servers: ServerProcess[] = [await startOne(0), await startOne(1)]
  const lines = new Connections(16)
  const receiver = await startReceiver()
  const met = new Set<string>()
  // At the first attempt alone: the second comes 5 s later, the third would come after 5 minutes.
  receiver.answer(async ({ headers }) => {
    const id = String(headers['webhook-id'])
    const fails = !met.has(id) && random.below(failsOneIn) === 0
    met.add(id)
    // Longer than a turn of attempts waits.
    if (random.below(slowOneIn) === 0) await new Promise((resolve) => setTimeout(resolve, slowMs))
    return fails ? 500 : 204
  })
  const door = new Door((servers[0] as ServerProcess).url, place.dataDir)
  const partner = await door.partner(`Partner ${seed}`)
  const sites: Site[] = []
  for (let nth = 0; nth < customersMax; nth += 1) {
    const customer = await door.customer(`Customer ${nth}`, partner)
    sites.push({ customer, token: (await door.gateway(customer.portal)).token })
  }
  const { webhook } = await partner.portal.send<{ webhook: { id: string } }>('POST', '/webhooks', {
    ...{ name: 'All', url: receiver.url, kinds: ['alarm.activated', 'device.changed'] },
  })
  const sent: Sent[] = []
  const withdrawn: Withdrawn[] = []
  let going = true
  let resent = 0

  const deliver = async (site: number, batch: object & { batchId: string }): Promise<void> => {
    for (let tries = 0; tries < 4_000; tries += 1) {
      const { url } = servers[tries % servers.length] as ServerProcess
      const reply = await lines.batch(url, (sites[site] as Site).token, batch).catch((): Reply | null => null)
      if (reply?.status === 200) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`batch ${batch.batchId} was never taken`)
  }
  const writer = async (site: number) => {
    const devices = Array.from({ length: devicesMax }, (_, device) => ({
      ref: `d${device}`,
      type: 'UPS',
      label: `UPS ${device}`,
    }))
    const inventory = () => ({ inventory: { full: true, locations: [], devices } })
    await deliver(site, { batchId: 'inventory', ...inventory() })
    for (let step = 1; going; step += 1) {
      const device = random.below(devicesMax)
      const kind = random.below(3) === 0 ? 'device' : 'alarm'
      const label = `c${site} d${device} s${step}.`
      if (kind === 'device') Object.assign(devices[device] ?? {}, { label })
      const alarm = {
        ref: label,
        deviceRef: `d${device}`,
        label,
        message: 'As written',
        severity: 'WARNING',
        activatedTime: new Date().toISOString(),
      }
      const begunAt = performance.now()
      await deliver(site, { batchId: `s${step}`, ...(kind === 'device' ? inventory() : { alarms: [alarm] }) })
      sent.push({ customer: site, device, step, kind, label, begunAt, acknowledgedAt: performance.now() })
      await new Promise((resolve) => setTimeout(resolve, writingEveryMs + random.below(60)))
    }
  }
  /** Asks as the customer until it is answered: a killed server answers nothing, and a consent is the same given twice. */
  const asCustomer = async (site: number, method: 'PUT' | 'DELETE') => {
    const { customer } = sites[site] as Site
    const path = `/partnerships/${customer.partnershipId}/consent`
    await until('an answer', () =>
      customer.portal.send(method, path, method === 'PUT' ? {} : undefined).then(
        () => true,
        () => false,
      ),
    )
  }
  const withdrawer = async (site: number) => {
    while (going) {
      await new Promise((resolve) => setTimeout(resolve, 300 + random.below(1200)))
      await asCustomer(site, 'DELETE')
      const from = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 500 + random.below(2500)))
      const to = performance.now()
      await asCustomer(site, 'PUT')
      withdrawn.push({ customer: site, from, to, again: performance.now() })
    }
  }
  /** Has what was sent of late sent again: much of it is not covered any more by then. */
  const resender = async () => {
    while (going) {
      await new Promise((resolve) => setTimeout(resolve, 500 + random.below(1000)))
      const range = { from: new Date(Date.now() - 3_000).toISOString(), state: 'delivered' }
      resent += (await partner.portal.send<{ resent: number }>('POST', `/webhooks/${webhook.id}/deliveries`, range)).resent
    }
  }
  const work = Promise.all([
    resender(),
    ...sites.map((_, site) => writer(site)),
    ...sites.slice(steadyMax).map((_, nth) => withdrawer(steadyMax + nth)),
  ])
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const from = sent.length
      await until('alarms', async () => sent.length >= from + 60)
      // The second server: people's sessions are at the first one's address.
      ;(servers[1] as ServerProcess).signal('SIGKILL')
      await (servers[1] as ServerProcess).ended
      servers[1] = await startOne(1)
      const before = receiver.received.length
      await until('the next delivery', async () => receiver.received.length > before, takenOverWithinMs)
    }
    const from = sent.length
    await until('alarms after the last', async () => sent.length >= from + alarms)
  } finally {
    going = false
    await work
  }
  const awaited = new Set(owed({ sent, withdrawn }).map(({ label }) => label))
  let looked = 0
  await until(
    'what is due',
    async () => {
      // Each arrival is read once: there are hundreds, and a look every 20 ms.
      for (; looked < receiver.received.length; looked += 1) {
        const { status, text } = receiver.received[looked] as Received
        if (status === 204) awaited.delete(labelIn(text))
      }
      return awaited.size === 0
    },
    waitMs,
  ).catch(() => {})
  lines.close()
  for (const server of servers) server.signal('SIGTERM')
  for (const server of servers) await endWithin(server)
  await receiver.close()
  await place.remove()
  const arrivals = receiver.received.map(({ at, headers, text, status }) => ({
    at,
    id: String(headers['webhook-id']),
    label: labelIn(text),
    taken: status === 204,
  }))
  return { sent, arrivals, withdrawn, resent }
}

function labelIn(text: string): string {
  const { alarm, device } = (JSON.parse(text) as { data: { alarm?: { label: string }; device?: { label: string } } }).data
  return (alarm ?? device)?.label ?? ''
}

describe('webhooks tell each event at least once, in order by device, and nothing after a withdrawal,', () => {
  test(
    `while receivers fail, consent comes and goes, and one of two servers is killed ${killsMax} times`,
    async () => {
      const seed = seedOfRun()
      const history = await tellWhileKilled(killsMax, 150, settledWithinMs, seed)
      const faults = examineWebhooks(history)
      const twice = history.arrivals.length - new Set(history.arrivals.map(({ id }) => id)).size
      console.log(
        `webhooks: seed ${seed}, ${history.sent.length} alarms and changes of devices, ${history.arrivals.length} requests (${twice} of them again, ${history.resent} on request), ` +
          `${history.withdrawn.length} withdrawals, ${killsMax} kills; ${faults.length} faults`,
      )
      expect(faults).toEqual([])
      expect(history.withdrawn.length).toBeGreaterThan(2)
      expect(history.resent).toBeGreaterThan(0)
    },
    300_000 + killsMax * 60_000,
  )

  test.each([
    // Long enough for several withdrawals.
    ['unasked-deliveries', /after the withdrawal|through a withdrawal/, 400],
    ['lanes-by-feed', /was taken after/, 120],
    ['lost-deliveries', /was lost/, 120],
    ['deliveries-made-twice', /was told under/, 120],
  ])(
    'and a planted fault, %s, is found',
    async (fault, words, alarms) => {
      const faults = await plantedFindings(async (seed) => {
        const history = await tellWhileKilled(0, alarms, 20_000, seed, ['test/faults/faulty-server.ts', fault])
        const found = examineWebhooks(history).filter((one) => words.test(one))
        console.log(`webhooks, planted fault ${fault}: seed ${seed}, ${found.length} found, such as: ${found[0]}`)
        return found
      })
      expect(faults.length).toBeGreaterThan(0)
    },
    600_000,
  )
})
