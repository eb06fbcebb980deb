import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { managementOperations } from '../src/api/management.ts'
import { accountRequests } from './support/account-requests.ts'
import { Door } from './support/door.ts'
import type { Portal } from './support/portal-session.ts'
import { testFiles } from './support/projects.ts'
import { startServer, type TestServer } from './support/server.ts'

/** Far more than any takes on a busy machine, and far less than waiting for oneself, which never ends. */
const boundMs = 60_000

/** What operations of accounts are about; others are known by what they ask the accounts library for. */
const tags = new Set(['session', 'account', 'setup', 'members', 'invitations', 'people'])

/** Operations of accounts that are not asked here, by the file that asks them, on the embedded database too and each within a test's bound. */
const askedElsewhere: Record<string, string[]> = {
  'src/api/session/session.test.ts': ['signIn', 'getSession', 'getPortal'],
  'src/api/session/sign-out.test.ts': ['signOut'],
  'src/api/session/sign-in-with-provider.test.ts': [
    'beginProviderSignIn',
    'signInWithProvider',
    'getSignInProvider',
    'setSignInProvider',
    'removeSignInProvider',
  ],
  'src/api/setup/setup.test.ts': ['createSetupLink', 'lookUpSetupLink', 'useSetupLink'],
  'src/api/invitations/invite-co-worker.test.ts': ['inviteCoWorker', 'listInvitations', 'approveInvitation'],
  'src/api/invitations/accept-invitation.test.ts': [
    'lookUpInvitation',
    'acceptInvitation',
    'joinCompany',
    'resendInvitation',
    'revokeInvitation',
  ],
  'src/api/customer-invitations/customer-invitations.test.ts': ['acceptCustomerInvitation'],
  'src/api/members/members.test.ts': ['listMembers', 'changeMemberRole', 'removeMember'],
  'src/api/people/people.test.ts': ['exportOwnData', 'eraseOwnAccount', 'erasePerson'],
}

let server: TestServer
beforeAll(async () => {
  server = await startServer({ engine: 'embedded', flags: ['--rate-limit-factor', '1000000'] })
})
afterAll(() => server.close())

test('no call and no hook of the accounts library waits for itself on the one connection, all of them asked at once', async () => {
  const door = new Door(server.url, server.dataDir)
  const customer = await door.customer('North Bakery')
  const partner = await door.partner('A Partner')
  const requests = Object.entries(accountRequests(door, server))
  const portals = await Promise.all(requests.map(() => door.account(customer.id)))
  const asked = requests.map(async ([operationId, request], index) => {
    const operation = managementOperations.find((one) => one.operationId === operationId)
    const portal = portals[index] as Portal
    const { params = {}, body, cookie } = await request({ kind: 'customer', portal, customer, partner })
    const own = portal.step('GET', '/session')
    const headers = { ...('request' in own ? own.request.headers : {}), 'content-type': 'application/json' } as Record<
      string,
      string
    >
    const answer = await fetch(
      `${server.url}/api/v1${operation?.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] as string)}`,
      {
        method: operation?.method ?? 'GET',
        headers: { ...headers, cookie: [headers.cookie, cookie].filter(Boolean).join('; ') },
        ...(operation?.method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
        signal: AbortSignal.timeout(boundMs),
      },
    )
    return [operationId, answer.ok ? 'ok' : `${answer.status} ${await answer.text()}`]
  })
  const answered = await Promise.all(asked)
  expect(answered).toEqual(answered.map(([operationId]) => [operationId, 'ok']))
  expect(answered.length).toBeGreaterThan(20)
})

test('every operation of accounts is asked, here or by a file that runs on the embedded database', () => {
  const ofAccounts = managementOperations.filter(({ tag, handle }) => tags.has(tag) || /\baccounts\b/.test(String(handle)))
  const here = Object.keys(accountRequests(new Door(server.url, server.dataDir), server))
  const asked = [...here, ...Object.values(askedElsewhere).flat()]
  expect(asked.sort()).toEqual(ofAccounts.map(({ operationId }) => operationId).sort())
  for (const [file, operations] of Object.entries(askedElsewhere)) {
    expect(testFiles().embedded).toContain(file)
    const source = readFileSync(file, 'utf8')
    for (const { operationId, path } of ofAccounts.filter((one) => operations.includes(one.operationId))) {
      expect([file, operationId, source.includes(path.replace(/\{.*$/, ''))]).toEqual([file, operationId, true])
    }
  }
})
