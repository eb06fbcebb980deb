import { partnerIdOf } from '../src/domain/company.ts'
import { presentConsentText } from '../src/domain/consent-text.ts'
import { vendorId } from '../src/store/companies.ts'
import { giveConsent } from '../src/store/consents.ts'
import { keepMeasurementDays } from '../src/store/measurements/days.ts'
import { connectPartner } from '../src/store/partnerships.ts'
import { startSubscription } from '../src/store/subscriptions.ts'
import {
  addAdministrator,
  addCompany,
  addKey,
  addReportedData,
  type Building,
  newAccounts,
  type WorldContext,
} from './building.ts'
import { type CustomerCast, customersCast, partnerCast, vendorCast } from './cast.ts'
import { dayMs } from './dates.ts'
import { demoPlan } from './organizations.ts'
import { type World, writeWorld } from './world-file.ts'

/**
 * Builds the world to try things in, on a database that has no company yet, and writes world.json in the data directory. Null,
 * and nothing done, where the database has one.
 *
 * It is one transaction, and the file is written before its commit: so whatever stops it, the next start finds either the whole
 * world with its file, or an empty database, on which it builds a new world and writes the file anew.
 */
export async function buildWorld(context: WorldContext): Promise<World | null> {
  if ((await vendorId(context.db.system)) !== null) return null
  const accounts = await newAccounts(2 + customersCast.length, context.clock)
  await keepMeasurementDays(context.db)
  return context.db.transaction('system', { kind: 'system' }, async (tx) => {
    const world = await worldIn({ context, tx, accounts: [...accounts] })
    writeWorld(context.config.dataDir, world)
    return world
  })
}

async function worldIn(building: Building): Promise<World> {
  const vendor = await addCompany(building, 'vendor', vendorCast)
  const vendorPerson = await addAdministrator(building, vendor, vendorCast)
  const partner = await addCompany(building, 'partner', partnerCast)
  const partnerPerson = await addAdministrator(building, partner, partnerCast)
  await addReportedData(building, await addCompany(building, 'demo', demoPlan), demoPlan)
  const customers = []
  for (const cast of customersCast) customers.push(await addCustomer(building, cast))

  const connected = customers.filter(({ cast }) => cast.connected).map(({ id }) => id)
  const valid = customers.find(({ cast }) => cast.state === 'valid') as (typeof customers)[number]
  const partnersKey = (kind: 'all' | 'specific' | 'demo', name: string, organizations?: string[]) =>
    addKey(building, partner, { kind, name, createdBy: partnerPerson.id, ...(organizations && { organizations }) })
  const person = (
    label: string,
    kind: World['people'][number]['kind'],
    { email, password }: { email: string; password: string },
  ) => ({ company: label, kind, email, password })
  return {
    url: building.context.config.url,
    people: [
      person(vendorCast.label, 'vendor', vendorPerson),
      person(partnerCast.label, 'partner', partnerPerson),
      ...customers.map((customer) => person(customer.cast.plan.label, 'customer', customer.person)),
    ],
    organizations: customers.map(({ id, cast, gateway }) => ({ id, label: cast.plan.label, state: cast.state, gateway })),
    keys: {
      all: await partnersKey('all', 'Monitoring, all customers'),
      specific: await partnersKey('specific', 'Reports, chosen customers', connected.slice(0, 2)),
      demo: await partnersKey('demo', 'Trying things out'),
      own: await addKey(building, valid.id, { kind: 'own', name: 'Own reports', createdBy: valid.person.id }),
    },
  }
}

/** How long ago those who consent did so: a partner sees what was measured since. */
const consentedMs = 30 * dayMs

interface AddedCustomer {
  cast: CustomerCast
  id: string
  gateway: string
  person: { id: string; email: string; password: string }
}

async function addCustomer(building: Building, cast: CustomerCast): Promise<AddedCustomer> {
  const { tx, context } = building
  const id = await addCompany(building, 'customer', cast.plan)
  const person = await addAdministrator(building, id, cast.plan)
  const { kind, startsMs, endsMs } = cast.subscription
  const fromNow = (ms: number) => new Date(context.clock.now().getTime() + ms).toISOString()
  await startSubscription(tx, id, { kind, startsAt: fromNow(startsMs), endsAt: fromNow(endsMs) })
  if (cast.connected) {
    const partnership = await connectPartner(tx, id, partnerIdOf(partnerCast.label))
    const since = new Date(context.clock.now().getTime() - consentedMs)
    if (cast.consents) {
      await giveConsent(tx, id, partnership ?? '', { textVersion: presentConsentText.version, givenAt: since }, person.id)
    }
  }
  return { cast, id, person, gateway: await addReportedData(building, id, cast.plan) }
}
