import { randomBytes } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CredentialPrefix, credentialPrefixes } from '../src/domain/credential.ts'
import { bearer, misuseSecrets } from './support/misused-secrets.ts'
import { endWithin, startProcess, until } from './support/own-process.ts'
import { plantInvitations, plantMailedLinks, plantSingleSignOn } from './support/planted-people.ts'
import { plantWebhooks } from './support/planted-webhooks.ts'
import { bytesOfBase32, formsOf, forOwners, freePort, secretPart } from './support/secret-forms.ts'
import { testEngine } from './support/server.ts'
import { newPlace, type Place, type ServerProcess, startServerProcess } from './support/server-process.ts'

const databasePassword = `canary-${randomBytes(12).toString('hex')}`
const ownSecret = `canary-${randomBytes(24).toString('hex')}`
const formerSecret = `canary-${randomBytes(24).toString('hex')}`
const mailPassword = `canary-${randomBytes(12).toString('hex')}`

/** Each canary, by the kind of secret, as the part that nobody can do without. */
const canaries = new Map<string, string>()
/** The kinds of credential among them, by what such a text begins with. */
const prefixes = new Set<CredentialPrefix>()
/** Every answer of the server, with the kinds that it is there to show. */
const answers: { of: string; shows: string[]; text: string }[] = []

let place: Place
let server: ServerProcess
let metricsPort: number
let world: { people: { password: string }[]; keys: Record<string, string> } | undefined
let greeting: string
let closeProvider: (() => Promise<void>) | undefined

beforeAll(async () => {
  place = await newPlace()
  metricsPort = await freePort()
  await start()
  await plant()
  await misuse()
})
afterAll(async () => {
  await closeProvider?.()
  server.signal('SIGKILL')
  await server.ended
  await place.remove()
})

/** On the embedded engine with the world to try, whose secrets are canaries too; on PostgreSQL with a password in its address. */
async function start(): Promise<void> {
  const own = ['--log-level', 'trace', '--metrics-port', String(metricsPort), '--inside-addresses', '127.0.0.1']
  const flags = ['--data', place.dataDir, ...own]
  const url = place.databaseUrl?.replace('://postgres@', `://postgres:${databasePassword}@`)
  server = await startServerProcess(flags, {
    ASSENT_SECRET: ownSecret,
    ASSENT_FORMER_SECRET: formerSecret,
    // Nobody listens there: mails wait, and each attempt is written down.
    ASSENT_SMTP_URL: `smtp://canary:${mailPassword}@127.0.0.1:1?tls=optional`,
    ASSENT_MAIL_FROM: 'no-reply@example.com',
    ...(url ? { DATABASE_URL: url } : {}),
  })
  greeting = server.stdout()
  canaries.set("server's secret", ownSecret)
  canaries.set("server's former secret", formerSecret)
  canaries.set("mail server's password", mailPassword)
  plantCredential('command line token', readFileSync(join(place.dataDir, 'cli-token'), 'utf8').trim())
  const firstLink = /#(su_\w+)/.exec(greeting)?.[1]
  if (firstLink) plantCredential('set-up link of the vendor', firstLink)
  if (url) canaries.set("database's password", databasePassword)
  else {
    world = JSON.parse(readFileSync(join(place.dataDir, 'world.json'), 'utf8'))
    for (const [index, { password }] of (world?.people ?? []).entries()) canaries.set(`world password ${index}`, password)
    for (const [kind, key] of Object.entries(world?.keys ?? {})) plantCredential(`world key ${kind}`, key)
  }
}

/** A text of one of the kinds that domain/credential.ts lists: prefix and id are no secret. */
function plantCredential(name: string, text: string): void {
  const prefix = credentialPrefixes.find((one) => text.startsWith(one))
  if (prefix === undefined) throw new Error(`What is planted as ${name} is no credential.`)
  prefixes.add(prefix)
  canaries.set(name, secretPart(text))
}

/** The answers are of many forms. */
type Body = ReturnType<typeof JSON.parse>

async function ask(method: string, path: string, headers: Record<string, string>, body?: object | string, shows: string[] = []) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  answers.push({
    of: `${method} ${path.split('?')[0]}: ${answer.status}`,
    shows,
    text: `${JSON.stringify([...answer.headers])} ${text}`,
  })
  return {
    status: answer.status,
    body: /json/.test(answer.headers.get('content-type') ?? '') ? (JSON.parse(text) as Body) : undefined,
    cookies: answer.headers.getSetCookie(),
  }
}

/** Makes a secret of every kind through the front door, and uses each as it is meant to be used. */
async function plant(): Promise<void> {
  const vendor = bearer(readFileSync(join(place.dataDir, 'cli-token'), 'utf8').trim())
  const company = async (kind: string, name: string) => (await ask('POST', '/api/v1/companies', vendor, { kind, name })).body
  const [partner, customer] = [await company('partner', 'Canary Partner'), await company('customer', 'Canary Customer')]
  const staff = async (name: string, id: string) => {
    const password = `canary-${randomBytes(12).toString('hex')}`
    canaries.set(`password of the ${name}`, password)
    const email = `${name}@example.com`
    const link = await ask('POST', `/api/v1/companies/${id}/setup-links`, vendor, { role: 'administrator', email }, [
      `set-up link of the ${name}`,
    ])
    const token = String(link.body.url).split('#')[1] as string
    plantCredential(`set-up link of the ${name}`, token)
    await ask('POST', '/api/v1/setup/look-up', {}, { token })
    await ask('POST', '/api/v1/setup', {}, { token, name, email, password }, [`first session of the ${name}`])
    const session = await ask('POST', '/api/v1/session', { origin: server.url }, { email, password }, [`session of the ${name}`])
    const cookie = session.cookies.map((one) => one.split(';', 1)[0]).join('; ')
    canaries.set(`session of the ${name}`, /session_token=([^.;]+)/.exec(decodeURIComponent(cookie))?.[1] as string)
    return { cookie, origin: server.url }
  }
  const [partnerSession, customerSession] = [await staff('partner', partner.id), await staff('customer', customer.id)]
  const unused = await ask(
    'POST',
    `/api/v1/companies/${customer.id}/setup-links`,
    vendor,
    { role: 'viewer', email: 'unused@example.com' },
    ['unused set-up link'],
  )
  plantCredential('unused set-up link', String(unused.body.url).split('#')[1] as string)
  await ask('POST', `/api/v1/companies/${customer.id}/subscriptions`, vendor, {
    kind: 'paid',
    endsAt: '2999-01-01T00:00:00.000Z',
  })
  await ask('POST', '/api/v1/partnerships', vendor, { customerId: customer.id, partnerId: partner.partnerId })

  for (const [kind, session] of [
    ['all', partnerSession],
    ['demo', partnerSession],
    ['own', customerSession],
  ] as const) {
    const { body } = await ask('POST', '/api/v1/keys', session, { name: kind, kind }, [`key ${kind}`])
    plantCredential(`key ${kind}`, body.secret)
    await ask('GET', '/rest/v1/organizations', bearer(body.secret))
    await ask('GET', `/rest/v1/organizations/${customer.id}/inventory`, bearer(body.secret))
  }
  const token = await ask('POST', '/api/v1/access-tokens', customerSession, { name: 'Program', expiresInDays: 1 }, [
    'access token',
  ])
  plantCredential('access token', token.body.token)
  await ask('GET', '/api/v1/acts', bearer(token.body.token))
  const gateway = await ask('POST', '/api/v1/gateways', customerSession, { name: 'Site' }, ['gateway token'])
  plantCredential('gateway token', gateway.body.token)
  await plantWebhooks(ask, customerSession, canaries)
  const licence = await ask('POST', '/api/v1/licence-keys', vendor, { days: 30 }, ['licence key'])
  plantCredential('licence key', licence.body.secret)
  await ask('POST', '/api/v1/subscription/licence-key', customerSession, { licenceKey: licence.body.secret })
  const devices = [{ ref: 'ups', type: 'UPS', label: 'UPS' }]
  const batch = { batchId: 'canary', inventory: { full: true, locations: [], devices } }
  await ask('POST', '/ingest/v1/batches', bearer(gateway.body.token), batch)
  const replaced = await ask('POST', `/api/v1/gateways/${gateway.body.gateway.id}/token`, customerSession, {}, ['new token'])
  plantCredential('new token', replaced.body.token)
  const password = canaries.get('password of the customer')
  const app = await ask('POST', '/api/v1/account/two-factor', customerSession, { password }, [
    'authenticator secret',
    'recovery code',
    'other recovery code',
  ])
  const [code = '', otherCode = ''] = app.body.recoveryCodes as string[]
  canaries.set('recovery code', code).set('other recovery code', otherCode)
  canaries.set('authenticator secret', app.body.secret)
  canaries.set('authenticator secret as it is kept', Buffer.from(bytesOfBase32(app.body.secret)).toString('latin1'))
  for (const path of ['/keys', '/access-tokens', '/gateways', '/webhooks', '/acts', '/session', '/acts/head', '/account'])
    await ask('GET', `/api/v1${path}`, customerSession)
  credentials.push(token.body.token, gateway.body.token, replaced.body.token)
  const people = {
    url: server.url,
    secret: ownSecret,
    ask,
    plant: (name: string, canary: string) => void canaries.set(name, canary),
    plantCredential,
  }
  await plantMailedLinks(people, vendor, 'partner@example.com')
  await plantInvitations(people, vendor, { customerSession, partnerSession })
  closeProvider = await plantSingleSignOn(people, customerSession)
}

const credentials: string[] = []

/** Sends secrets where they do not belong: what is refused is not written down either. */
async function misuse(): Promise<void> {
  const [accessToken = '', gatewayToken = ''] = credentials
  await misuseSecrets(ask, { accessToken, gatewayToken, password: canaries.get('password of the partner') as string })
  // The command line gives it back to whoever asks with a wrong one: not here.
  const command = startProcess(['src/cli/main.ts', 'key', 'list', '--url', server.url], { ASSENT_TOKEN: gatewayToken })
  await endWithin(command)
  answers.push({ of: 'the command line', shows: [], text: command.stdout() + command.stderr() })
}

function namesIn(content: string | Uint8Array): string[] {
  const bytes = Buffer.from(content)
  return [...canaries].filter(([, secret]) => formsOf(secret).some((form) => bytes.includes(form))).map(([name]) => name)
}

/** Everywhere that a canary is found in clear though it has no business there. */
async function findings(): Promise<string[]> {
  const found: string[] = []
  const look = (place: string, content: string | Uint8Array, allowed: readonly string[] = []) => {
    for (const name of namesIn(content)) {
      if (!allowed.some((one) => name === one || name.startsWith(`${one} `))) found.push(`${name} in ${place}`)
    }
  }
  const vendor = bearer(readFileSync(join(place.dataDir, 'cli-token'), 'utf8').trim())
  const archive = await fetch(`${server.url}/api/v1/backup`, { headers: vendor })
  const rows = gunzipSync(await archive.bytes())
    .toString('utf8')
    .split('\n')
  for (const line of rows) look(`the tables: ${line.slice(0, 60)}`, line)
  for (const path of globSync('**', { cwd: place.dataDir })) {
    const file = join(place.dataDir, path)
    if (statSync(file).isFile()) look(`the file ${path}`, readFileSync(file), forOwners[path])
    // So that a connection which the server has closed meanwhile is not taken for an open one.
    await new Promise(setImmediate)
  }
  for (const line of server.stderr().split('\n')) look(`the log: ${line.slice(0, 200)}`, line)
  look('what the server says after its greeting', server.stdout().slice(greeting.length))
  for (const { of, shows, text } of answers) look(of, text, shows)
  look('the figures', await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text())
  return found
}

describe('secrets are shown once (I8)', () => {
  test('a canary of every kind is found nowhere in clear: tables, files, logs, answers, figures', async () => {
    console.log(
      `${canaries.size} canaries: ${[...canaries.keys()].join(', ')}; ${answers.length} answers, ${server.stderr().split('\n').length} lines of log`,
    )
    for (const [name, secret] of canaries) expect([name, secret?.length > 10]).toEqual([name, true])
    expect(await findings()).toEqual([])
  })

  test('there is one of every kind of credential', () => {
    expect([...prefixes].sort()).toEqual([...credentialPrefixes].sort())
  })

  test('each was shown where it is to be shown, so that what was looked for is what was given out', () => {
    const shown = answers.flatMap(({ shows, text }) => namesIn(text).filter((name) => shows.includes(name)))
    const kinds = [
      'access token',
      'authenticator secret',
      'recovery code',
      'other recovery code',
      'gateway token',
      'new token',
      'key all',
      'key demo',
      'key own',
      'unused set-up link',
      'sign-in at the provider',
      'session of the partner',
      'set-up link of the customer',
    ]
    expect(shown).toEqual(expect.arrayContaining(kinds))
    for (const [file, names] of Object.entries(forOwners)) {
      if (file === 'world.json' && testEngine === 'postgres') continue
      if (file === 'secret') continue
      const found = namesIn(readFileSync(join(place.dataDir, file)))
      expect(found.some((name) => names.some((one) => name.startsWith(one)))).toBe(true)
      expect(statSync(join(place.dataDir, file)).mode & 0o777).toBe(0o600)
    }
  })

  test('one that is planted is found: in a table and so in a file, in an answer and in a log', async () => {
    const vendor = bearer(readFileSync(join(place.dataDir, 'cli-token'), 'utf8').trim())
    const secret = canaries.get('gateway token') as string
    const { body } = await ask('POST', '/api/v1/companies', vendor, {
      kind: 'customer',
      name: 'Careless',
      address: `Token: ${secret}`,
    })
    await ask('GET', `/api/v1/companies/${secret}`, vendor)
    await until('its line in the log', async () => server.stderr().includes(secret))
    const found = await findings()
    expect(body.address).toContain(secret)
    const of = (where: string) => found.filter((one) => one.startsWith(`gateway token in ${where}`))
    for (const where of [
      'the tables',
      'POST /api/v1/companies',
      'the log',
      ...(testEngine === 'embedded' ? ['the file database'] : []),
    ]) {
      expect([where, of(where).length > 0]).toEqual([where, true])
    }
    expect(found.filter((one) => !one.startsWith('gateway token in '))).toEqual([])
  })
})
