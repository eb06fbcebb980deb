import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Batch } from '../../src/domain/batch.ts'
import { Connections, type CustomerOfTest, Door, type PartnerOfTest, randomFrom, seedOfRun, soak } from '../support/door.ts'
import { endWithin } from '../support/own-process.ts'
import { plantedFindings } from '../support/planted-fault.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { type Absence, examine, type Read } from './withdrawal-history.ts'

const requestsMin = soak ? 100_000 : 5_000
const connections = 32
const customersMax = 5

const kinds = ['inventory', 'alarms', 'sensors'] as const
type Kind = (typeof kinds)[number]

/** The operations that name an organization, each as a path after it, and the kind of data that it reads. */
const operations: readonly (readonly [path: string, kind: Kind])[] = [
  ['/inventory', 'inventory'],
  ['/inventory/{deviceId}', 'inventory'],
  ['/inventory-changes/0', 'inventory'],
  ['/inventory-changes/1', 'inventory'],
  ['/alarms', 'alarms'],
  ['/alarm-changes/0', 'alarms'],
  ['/sensors', 'sensors'],
  ['/sensor-changes/0', 'sensors'],
]

let place: Place
let servers: ServerProcess[] = []
beforeAll(async () => {
  place = await newPlace('postgres')
})
afterAll(() => place.remove())

/** Two processes on one database: what one of them answers as withdrawn must be withdrawn at the other. */
async function startServers(program?: string[]): Promise<ServerProcess[]> {
  const flags = [...place.flags, '--log-level', 'error', '--rate-limit-factor', '1000000']
  servers = [await startServerProcess(flags, place.env, program)]
  servers.push(await startServerProcess([...flags, '--data', `${place.dataDir}/second`], place.env, program))
  return servers
}

async function stopServers(): Promise<void> {
  for (const server of servers) server.signal('SIGTERM')
  for (const server of servers) await endWithin(server)
}

interface Subject {
  customer: CustomerOfTest
  deviceId: string
  key: { name: string; id: string; secret: string }
}

/** A way to end a subject's validity and to give it back. */
interface End {
  how: string
  subject(one: Subject): string
  end(one: Subject): Promise<unknown>
  back(one: Subject): Promise<unknown>
}

function endsOf(door: Door, partner: PartnerOfTest): End[] {
  const consent = ({ customer }: Subject) => `/partnerships/${customer.partnershipId}/consent`
  const organization = (one: Subject) => one.customer.id
  return [
    {
      how: 'the consent is withdrawn',
      subject: organization,
      end: (one) => one.customer.portal.send('DELETE', consent(one)),
      back: (one) => one.customer.portal.send('PUT', consent(one), {}),
    },
    ...kinds.map((kind) => ({
      how: `${kind} are shared no longer`,
      subject: ({ customer }: Subject) => kindOf(customer, kind),
      end: (one: Subject) => one.customer.portal.send('PUT', consent(one), { kinds: { ...shared, [kind]: false } }),
      back: (one: Subject) => one.customer.portal.send('PUT', consent(one), { kinds: shared }),
    })),
    {
      how: 'the subscription is terminated',
      subject: organization,
      end: ({ customer }) => door.vendor('POST', `/subscriptions/${customer.subscriptionId}/termination`),
      back: async ({ customer }) => {
        customer.subscriptionId = await door.subscribe(customer.id)
      },
    },
    {
      how: 'the subscription lapses by the clock alone',
      subject: organization,
      end: async ({ customer }) => {
        await door.vendor('POST', `/subscriptions/${customer.subscriptionId}/termination`)
        const endsAt = await subscribeShortly(door, customer)
        while (Date.now() <= endsAt) await new Promise((resolve) => setTimeout(resolve, 1 + endsAt - Date.now()))
      },
      back: async ({ customer }) => {
        customer.subscriptionId = await door.subscribe(customer.id)
      },
    },
    {
      how: 'the partner is disconnected',
      subject: organization,
      end: ({ customer }) => customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}`),
      back: async (one) => {
        one.customer.partnershipId = await door.connect(one.customer, partner)
        await one.customer.portal.send('PUT', consent(one), {})
      },
    },
    {
      how: 'the customer is suspended',
      subject: organization,
      end: ({ customer }) => door.vendor('PUT', `/companies/${customer.id}/suspension`),
      back: ({ customer }) => door.vendor('DELETE', `/companies/${customer.id}/suspension`),
    },
    {
      how: 'the key is disabled',
      subject: ({ key }) => key.name,
      end: ({ key }) => partner.portal.send('PATCH', `/keys/${key.id}`, { enabled: false }),
      back: ({ key }) => partner.portal.send('PATCH', `/keys/${key.id}`, { enabled: true }),
    },
    {
      how: 'the key is deleted',
      subject: ({ key }) => key.name,
      end: ({ key }) => partner.portal.send('DELETE', `/keys/${key.id}`),
      // A deleted key never comes back: a new one takes its place under another name.
      back: async (one) => {
        const made = await door.key(partner.portal, 'all')
        one.key = { name: `key ${made.id}`, ...made }
      },
    },
  ]
}

const shared = { inventory: true, alarms: true, sensors: true }

const kindOf = (customer: CustomerOfTest, kind: Kind) => `${kind} of ${customer.id}`

/** A subscription that ends as soon as the server takes one: under load it may come to the request only past the end that this names. */
async function subscribeShortly(door: Door, customer: CustomerOfTest): Promise<number> {
  for (let aheadMs = 200; ; aheadMs *= 2) {
    const endsAt = Date.now() + aheadMs
    try {
      customer.subscriptionId = await door.subscribe(customer.id, new Date(endsAt).toISOString())
      return endsAt
    } catch (error) {
      if (aheadMs > 10_000 || !/body\.endsAt/.test((error as Error).message)) throw error
    }
  }
}

/** One of each kind, so that no list is empty. */
function batchOf(index: number): Batch {
  return {
    batchId: `first-of-${index}`,
    inventory: { full: true, locations: [], devices: [{ ref: 'ups', type: 'UPS', label: `UPS ${index}` }] },
    sensors: { full: true, sensors: [{ ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD' }] },
    alarms: [
      {
        ...{ ref: 'ob', deviceRef: 'ups', label: 'On battery', message: 'On battery', severity: 'WARNING' },
        activatedTime: '2026-03-14T09:26:53.589Z',
      },
    ],
  }
}

/** Races readers on many connections with people who withdraw and give back. Returns the history. */
async function race(requests: number, seed: number): Promise<{ reads: Read[]; absences: Absence[] }> {
  const random = randomFrom(seed)
  const urls = servers.map((server) => server.url)
  const door = new Door(urls[0] as string, place.dataDir)
  const partner = await door.partner(`Partner ${seed}`)
  const lines = new Connections(connections)
  const subjects: Subject[] = []
  for (let index = 0; index < customersMax; index += 1) {
    const made = await door.key(partner.portal, 'all')
    const customer = await door.customer(`Customer ${index}`, partner)
    const { token } = await door.gateway(customer.portal)
    const stored = await lines.batch(urls[0] as string, token, batchOf(index))
    if (stored.status !== 200) throw new Error(`the batch was answered ${stored.status}: ${stored.text}`)
    const { text } = await lines.get(`${urls[0]}/rest/v1/organizations/${customer.id}/inventory`, made.secret)
    const { inventoryObjects } = JSON.parse(text) as { inventoryObjects: { id: string; inventoryObjectType: string }[] }
    const device = inventoryObjects.find((one) => one.inventoryObjectType === 'Device')
    if (device === undefined) throw new Error(`there is no device: ${text}`)
    subjects.push({ customer, deviceId: device.id, key: { name: `key ${made.id}`, ...made } })
  }
  const ends = endsOf(door, partner)
  const reads: Read[] = []
  const absences: Absence[] = []
  const over = () => reads.length >= requests

  const reader = async (number: number) => {
    const server = number % urls.length
    while (!over()) {
      const { customer, deviceId } = subjects[random.below(subjects.length)] as Subject
      const { key } = subjects[random.below(subjects.length)] as Subject
      const listing = random.below(7) === 0
      const [asked, kind] = operations[random.below(operations.length)] as (typeof operations)[number]
      const operation = listing ? '/organizations' : asked
      const path = listing ? operation : `/organizations/${customer.id}${operation.replace('{deviceId}', deviceId)}`
      const startedAt = performance.now()
      const { status, text } = await lines.get(`${urls[server]}/rest/v1${path}`, key.secret, {
        'if-none-match': random.below(4) === 0 ? '*' : '',
      })
      const endedAt = performance.now()
      if (![200, 304, 401, 403].includes(status)) throw new Error(`${path} was answered ${status}: ${text}`)
      const allowed = listing ? status === 200 && text.includes(`"${customer.id}"`) : status < 400
      // A customer that shares only some kinds is listed.
      const needed = [customer.id, key.name, ...(listing ? [] : [kindOf(customer, kind)])]
      reads.push({ startedAt, endedAt, subjects: needed, operation, server, allowed })
    }
  }
  /** Waits until so many requests that started after `from` and need the subject have ended. */
  const seen = async (subject: string, from: number, count: number) => {
    for (let next = reads.length, left = count; left > 0 && !over(); ) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      for (; next < reads.length; next += 1) {
        const read = reads[next] as Read
        if (read.startedAt > from && read.subjects.includes(subject)) left -= 1
      }
    }
  }
  /** Goes through all the ways, each subject from another one on: so a short race has come across every one. */
  const ender = async (one: Subject, number: number) => {
    for (let next = Math.floor((number * ends.length) / customersMax); !over(); next += 1) {
      const way = ends[next % ends.length] as End
      const subject = way.subject(one)
      const begunAt = performance.now()
      await way.end(one)
      const from = performance.now()
      await seen(subject, from, 1 + random.below(20))
      const to = performance.now()
      await way.back(one)
      absences.push({
        subject,
        how: way.how,
        begunAt,
        from,
        to: way.how === 'the key is deleted' ? Number.POSITIVE_INFINITY : to,
        backAt: performance.now(),
      })
      await seen(way.subject(one), performance.now(), 1 + random.below(15))
    }
  }
  try {
    await Promise.all([...Array.from({ length: connections }, (_, number) => reader(number)), ...subjects.map(ender)])
  } finally {
    lines.close()
  }
  return { reads, absences }
}

describe('a withdrawal is a commit (I2)', () => {
  test(`of ${requestsMin} requests on ${connections} connections to two servers, none that starts after its answer succeeds`, async () => {
    const seed = seedOfRun()
    await startServers()
    const startedAt = Date.now()
    const { reads, absences } = await race(requestsMin, seed)
    await stopServers()
    const { leaks, denials, within, clear } = examine(reads, absences)
    console.log(
      `withdrawal: seed ${seed}, ${reads.length} requests in ${Date.now() - startedAt} ms, ${absences.length} withdrawals; ` +
        `${within} requests ran after one and ${leaks.length} succeeded; ${clear} ran clear of all and ${denials.length} were refused`,
    )
    expect(leaks).toEqual([])
    expect(denials).toEqual([])
    expect(within).toBeGreaterThan(requestsMin / 20)
    expect(clear).toBeGreaterThan(requestsMin / 20)
    expect(new Set(absences.map((one) => one.how)).size).toBe(10)
  }, 1_800_000)

  test('a planted fault, coverage that is 300 ms old, is found', async () => {
    const leaks = await plantedFindings(async (seed) => {
      await startServers(['test/faults/faulty-server.ts', 'cached-coverage'])
      const { reads, absences } = await race(2_500, seed)
      await stopServers()
      const { leaks, within } = examine(reads, absences)
      console.log(
        `withdrawal, planted fault: seed ${seed}, ${reads.length} requests, ${within} after a withdrawal, ${leaks.length} found to succeed`,
      )
      return leaks
    })
    expect(leaks.length).toBeGreaterThan(0)
  }, 300_000)
})
