import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Step, Withdrawal, World } from '../conformance/world.ts'
import { startMeasuring } from './measuring-gateway.ts'
import { endWithin, until } from './own-process.ts'
import { accountOf, type Portal, signIn } from './portal-session.ts'
import { startServerProcess } from './server-process.ts'

type BuiltWorld = World & { people: { company: string; kind: string; email: string; password: string }[] }

const dayMs = 24 * 3600 * 1000
const subscription = { kind: 'paid', endsAt: new Date(Date.now() + 30 * dayMs).toISOString() }

/**
 * For a run of the conformance suite that names no server: starts ours as `npm start` does, with the world to try, and adds to the
 * suite's file what can be ended and how, through the management API.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ASSENT_CONFORMANCE) return undefined
  const dataDir = mkdtempSync(join(tmpdir(), 'assent-conformance-'))
  const server = await startServerProcess(['--data', dataDir, '--log-level', 'error'])
  const built = JSON.parse(readFileSync(join(dataDir, 'world.json'), 'utf8')) as BuiltWorld
  const path = join(dataDir, 'conformance.json')
  const { world, stop } = await withEnds({ ...built, url: server.url })
  writeFileSync(path, JSON.stringify(world), { mode: 0o600 })
  process.env.ASSENT_CONFORMANCE = path

  return async () => {
    delete process.env.ASSENT_CONFORMANCE
    await stop()
    server.signal('SIGTERM')
    await endWithin(server)
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/**
 * The world with keys that ended or can be, and with three more valid customers: one whose coverage can be ended in every way, one that
 * is not in the set of the key for specific customers, and one of which nothing but measurements is asked. The gateways of the first
 * and the last send measurements until `stop`.
 */
async function withEnds(world: BuiltWorld): Promise<{ world: World; stop(): Promise<void> }> {
  const signedIn = (kind: string) => {
    const person = world.people.find((one) => one.kind === kind)
    if (!person) throw new Error(`The world has nobody of a ${kind}.`)
    return signIn(world.url, person)
  }
  const [vendor, partner] = [await signedIn('vendor'), await signedIn('partner')]
  const { organization, own, withdrawals } = await endableCustomer(world.url, vendor, partner)
  const later = await newCustomer(world.url, vendor, partner, 'Tranquil Works')
  const measured = await newCustomer(world.url, vendor, partner, 'Measured Works')
  const stops = [await startMeasuring(world.url, own), await startMeasuring(world.url, measured.own)]
  return {
    world: {
      ...world,
      organizations: [...world.organizations, organization, later.organization, measured.organization],
      refusedKeys: await endedKeys(partner),
      spareKey: (await newKey(partner)).secret,
      // The gateways of the world to try go on measuring.
      measured: [organization, measured.organization, ...world.organizations].map(({ id }) => id),
      management: { withdrawals, keyEnds: await endableKeys(partner) },
    },
    stop: async () => {
      for (const stop of stops) await stop()
    },
  }
}

/** A valid customer of the partner, whose administrator is signed in. */
async function newCustomer(url: string, vendor: Portal, partner: Portal, name: string) {
  const { company } = await partner.send<{ company: { partnerId: string } }>('GET', '/session')
  const { id } = await vendor.send<{ id: string }>('POST', '/companies', { kind: 'customer', name })
  const started = await vendor.send<{ id: string }>('POST', `/companies/${id}/subscriptions`, subscription)
  const connected = { customerId: id, partnerId: company.partnerId }
  const { id: partnership } = await vendor.send<{ id: string }>('POST', '/partnerships', connected)
  const email = `${id}@example.com`
  const link = await vendor.send<{ url: string }>('POST', `/companies/${id}/setup-links`, { role: 'administrator', email })
  const own = await accountOf(url, link.url, email)
  await own.send('PUT', `/partnerships/${partnership}/consent`, {})
  return { organization: { id, label: name, state: 'valid' }, started, partnership, own }
}

async function endableCustomer(url: string, vendor: Portal, partner: Portal) {
  const { organization, started, partnership, own } = await newCustomer(url, vendor, partner, 'Revocable Works')
  const consent = `/partnerships/${partnership}/consent`
  const give = (kinds: object) => own.step('PUT', consent, kinds)
  const only = (inventory: boolean, alarms: boolean, sensors: boolean) => give({ kinds: { inventory, alarms, sensors } })
  const withdrawal = (name: string, end: Step[], restore: Step[], more: Partial<Withdrawal> = {}): Withdrawal => ({
    name,
    key: 'all',
    organization: organization.id,
    end,
    restore,
    ...more,
  })
  return {
    organization,
    own,
    withdrawals: [
      withdrawal('the consent is withdrawn', [own.step('DELETE', consent)], [give({})]),
      withdrawal('the inventory is no longer shared', [only(false, true, true)], [only(true, true, true)], {
        families: ['inventory'],
      }),
      withdrawal('alarms are no longer shared', [only(true, false, true)], [only(true, true, true)], { families: ['alarms'] }),
      withdrawal('sensors are no longer shared', [only(true, true, false)], [only(true, true, true)], { families: ['sensors'] }),
      withdrawal(
        'the subscription is terminated',
        [vendor.step('POST', `/subscriptions/${started.id}/termination`)],
        [vendor.step('POST', `/companies/${organization.id}/subscriptions`, subscription)],
      ),
      withdrawal(
        'the customer is suspended',
        [vendor.step('PUT', `/companies/${organization.id}/suspension`)],
        [vendor.step('DELETE', `/companies/${organization.id}/suspension`)],
        { keepsOffsets: true },
      ),
      withdrawal('the partner is removed', [vendor.step('DELETE', `/partnerships/${partnership}`)], []),
    ],
  }
}

interface MadeKey {
  key: { id: string }
  secret: string
}

function newKey(partner: Portal, more: object = {}): Promise<MadeKey> {
  return partner.send<MadeKey>('POST', '/keys', { name: 'Conformance', kind: 'all', ...more })
}

/** Keys that were good and no longer are, by the reason. */
async function endedKeys(partner: Portal): Promise<Record<string, string>> {
  const [deleted, disabled] = [await newKey(partner), await newKey(partner)]
  await partner.send('DELETE', `/keys/${deleted.key.id}`)
  await partner.send('PATCH', `/keys/${disabled.key.id}`, { enabled: false })
  const expiresAt = Date.now() + 2_000
  const expired = await newKey(partner, { expiresAt: new Date(expiresAt).toISOString() })
  await until("the key's expiry", async () => Date.now() > expiresAt)
  return { deleted: deleted.secret, disabled: disabled.secret, expired: expired.secret }
}

async function endableKeys(partner: Portal) {
  const [deleted, disabled] = [await newKey(partner), await newKey(partner)]
  return [
    { name: 'it is deleted', key: deleted.secret, end: [partner.step('DELETE', `/keys/${deleted.key.id}`)] },
    {
      name: 'it is disabled',
      key: disabled.secret,
      end: [partner.step('PATCH', `/keys/${disabled.key.id}`, { enabled: false })],
    },
  ]
}
