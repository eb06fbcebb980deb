import { hashPassword } from 'better-auth/crypto'
import type { Clock } from '../src/clock.ts'
import { randomBase62 } from '../src/domain/base62.ts'
import { batchDigest } from '../src/domain/batch.ts'
import { newCredential } from '../src/domain/credential.ts'
import type { KeyKind } from '../src/domain/key.ts'
import { hashSecret, type ServerSecrets } from '../src/domain/server-secrets.ts'
import { createCompany } from '../src/store/companies.ts'
import type { Database, Transaction } from '../src/store/database.ts'
import { createGateway } from '../src/store/gateways.ts'
import { acceptBatch } from '../src/store/ingest/accept-batch.ts'
import { noteContact } from '../src/store/ingest/gateway-tokens.ts'
import { addKeyOrganizations, createKey } from '../src/store/keys.ts'
import { addMember } from '../src/store/members.ts'
import { addPerson } from '../src/store/people.ts'
import { batchesOf } from './batches.ts'
import { addPastMeasurements } from './demo-measurements.ts'
import type { OrganizationPlan } from './organizations.ts'
import { newPassword } from './password.ts'

/** What a world is built with: the server's own. */
export interface WorldContext {
  config: { url: string; dataDir: string }
  db: Database
  clock: Clock
  secrets: ServerSecrets
}

/** A world under construction: the transaction that holds all of it, and the accounts that are left to give out. */
export interface Building {
  context: WorldContext
  tx: Transaction
  accounts: Account[]
}

/** A fresh password, and what is stored of it. */
interface Account {
  password: string
  passwordHash: string
}

/** Accounts for so many people. Hashing is slow on purpose: so it is done before the transaction, and side by side. */
export function newAccounts(count: number, clock: Clock): Promise<Account[]> {
  const passwords = Array.from({ length: count }, () => newPassword(clock))
  return Promise.all(passwords.map(async (password) => ({ password, passwordHash: await hashPassword(password) })))
}

export interface CompanyCast {
  label: string
  address: string
  /** Of its people's addresses. */
  domain: string
  contactPhone?: string
}

export async function addCompany(
  { tx }: Building,
  kind: 'vendor' | 'partner' | 'customer' | 'demo',
  cast: CompanyCast,
): Promise<string> {
  const { label: name, address, contactPhone } = cast
  const id = await createCompany(tx, { kind, name, address, contactEmail: `office@${cast.domain}`, contactPhone })
  return made(id, `company ${name}`)
}

/** Adds a company's one administrator. The answer's `id` is the person's. */
export async function addAdministrator(
  building: Building,
  company: string,
  cast: CompanyCast,
): Promise<{ id: string; email: string; password: string }> {
  const { context, tx, accounts } = building
  const newId = () => randomBase62(32, (size) => context.clock.randomBytes(size))
  const account = made(accounts.pop(), 'account')
  const person = {
    id: newId(),
    name: 'Administrator',
    email: `admin@${cast.domain}`,
    emailVerified: true,
    signInMethodId: newId(),
  }
  await addPerson(tx, { ...person, passwordHash: account.passwordHash })
  await addMember(tx, company, person.id, 'administrator')
  return { id: person.id, email: person.email, password: account.password }
}

/** Adds a key and answers its text. `organizations`: the set of a key for specific customers. */
export async function addKey(
  { context, tx }: Building,
  company: string,
  given: { kind: KeyKind; name: string; createdBy: string; organizations?: string[] },
): Promise<string> {
  const credential = newCredential(given.kind === 'demo' ? 'ak_demo_' : 'ak_live_', context.clock)
  const { hash, secretName } = hashSecret(credential, context.secrets)
  const { kind, name, createdBy } = given
  await createKey(tx, company, { id: credential.id, kind, name, createdBy, secretHash: hash, secretName })
  if (given.organizations) await addKeyOrganizations(tx, company, credential.id, given.organizations)
  return credential.text
}

/**
 * Adds the gateway of an organization and stores what it has sent, by the way that any gateway's batches go, with the measurements of a day. Its
 * id. Nobody is told its token: what it sends comes from within.
 */
export async function addReportedData(
  { context, tx }: Building,
  organizationId: string,
  plan: OrganizationPlan,
): Promise<string> {
  const credential = newCredential('gw_', context.clock)
  const { hash, secretName } = hashSecret(credential, context.secrets)
  const gateway = { id: credential.id, name: `Gateway, ${plan.sites[0]?.label}`, secretHash: hash, secretName }
  await createGateway(tx, organizationId, gateway)
  const db = within(context.db, tx)
  const now = context.clock.now()
  const sender = { id: gateway.id, organizationId }
  for (const batch of batchesOf(plan, now)) await acceptBatch(db, sender, batch, batchDigest(batch), context.clock)
  await addPastMeasurements(db, (size) => context.clock.randomBytes(size), sender, plan, now)
  await noteContact(tx, gateway.id, null, '127.0.0.1', 0)
  return gateway.id
}

/** The database as something that begins a transaction sees it inside of `tx`: its work joins `tx`, and so does its actor. */
function within(db: Database, tx: Transaction): Database {
  return { ...db, request: tx, system: tx, transaction: (_role, _actor, work) => work(tx) }
}

function made<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`The world to try things in could not be built: no ${what}.`)
  return value
}
