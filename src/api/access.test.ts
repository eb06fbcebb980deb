import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ask, type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import { type Access, isForPersons } from '../http/management.ts'
import { access } from './access.ts'
import { managementOperations } from './management.ts'

let managed: Managed
let callers: { name: string; kind: string; role: string; ask: Ask }[]
beforeAll(async () => {
  managed = await startManaged()
  const companies: { kind: string; of: Staffed }[] = []
  for (const kind of ['partner', 'customer'] as const) companies.push({ kind, of: await managed.staffed(kind, `A ${kind}`) })
  const { body } = await managed.vendor('GET', '/companies')
  const vendor = body.companies.find((company: { kind: string }) => company.kind === 'vendor')
  companies.push({ kind: 'vendor', of: await managed.addMember(vendor.id, 'administrator') })
  callers = []
  for (const { kind, of } of companies) {
    callers.push({ name: `${kind} administrator`, kind, role: 'administrator', ask: of.ask })
    callers.push({ name: `${kind} viewer`, kind, role: 'viewer', ask: (await managed.addMember(of.id, 'viewer')).ask })
  }
})
afterAll(() => managed.close())

const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, 'not-there')

test('every operation is in the table of access, and nothing else', () => {
  expect(managementOperations.map((one) => one.operationId).sort()).toEqual(Object.keys(access).sort())
  for (const one of managementOperations) expect(one.access).toBe(access[one.operationId as keyof typeof access])
})

test('each operation is refused to nobody, to other credentials, and to whoever the table does not name', async () => {
  const { ask, asking } = managed
  const partner = callers.find((caller) => caller.name === 'partner administrator')
  const customer = callers.find((caller) => caller.name === 'customer administrator')
  const key = (await partner?.ask('POST', '/keys', { name: 'k', kind: 'all' }))?.body.secret
  const gateway = (await customer?.ask('POST', '/gateways', { name: 'g' }))?.body.token
  const strangers = [
    ask,
    asking({ authorization: `Bearer ${key}` }),
    asking({ authorization: `Bearer ${gateway}` }),
    asking({ authorization: 'Bearer x' }),
  ]

  const wrong: string[] = []
  for (const operation of managementOperations) {
    // Signing out would end the session that the others need.
    if (operation.access === 'anyone' || ['signOut', 'endSessions'].includes(operation.operationId)) continue
    const asked = (one: Ask) => one(operation.method, pathOf(operation.path), operation.body ? { not: 'asked for' } : undefined)
    for (const [index, stranger] of strangers.entries()) {
      const { status } = await asked(stranger)
      if (status !== 401) wrong.push(`${operation.operationId} as stranger ${index}: ${status}`)
    }
    for (const caller of callers) {
      const { status, body } = await asked(caller.ask)
      // What no role gives: the organization that was asked for is covered for nobody.
      const refused = status === 403 && !String(body?.type).endsWith('#not-covered')
      const table: Exclude<Access, 'anyone'> = operation.access
      const may =
        isForPersons(table) ||
        (table.kinds.includes(caller.kind as 'vendor') && (table.role === 'viewer' || caller.role === 'administrator'))
      if (refused === may || status >= 500) wrong.push(`${operation.operationId} as ${caller.name}: ${status}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every answer says what is left of the limit, and a 401 how to authenticate', async () => {
  const [member] = callers
  const answers = [
    await managed.ask('GET', '/portal'),
    await managed.ask('POST', '/session', { not: 'asked for' }),
    await managed.ask('GET', '/keys'),
    await member?.ask('GET', '/keys'),
    await member?.ask('GET', '/companies'),
    await member?.ask('POST', '/keys', {}, { origin: 'https://elsewhere.example' }),
    await managed.vendor('GET', '/companies/not-there'),
  ]
  expect(answers.map((answer) => answer?.status)).toEqual([200, 400, 401, 200, 403, 403, 404])
  for (const answer of answers) {
    expect(answer?.headers.get('ratelimit')).toMatch(/^"(management|anyone|refused)";r=\d+;t=\d+$/)
    expect(answer?.headers.get('ratelimit-policy')).toMatch(/^"(management|anyone|refused)";q=\d+;w=60$/)
  }
  expect(answers[2]?.headers.get('www-authenticate')).toBe('Bearer')
})

test('whoever asks too often is a 429, also with credentials that are refused', async () => {
  const few = await startManaged({ flags: ['--rate-limit-factor', '0.1'] })
  try {
    const refused = async (ask: Ask, times: number) => {
      const answers = await Promise.all(Array.from({ length: times }, () => ask('GET', '/acts/head')))
      return answers.filter((answer) => answer.status === 429)
    }
    for (const tooMany of [await refused(few.vendor, 303), await refused(few.asking({ authorization: 'Bearer x' }), 123)]) {
      expect(tooMany).toHaveLength(3)
      expect(Number(tooMany[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  } finally {
    await few.close()
  }
})
