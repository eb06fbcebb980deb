import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { invitationMailsMax } from './mail-limits.ts'

const email = 'office@north.example'
let managed: Managed
let partner: Staffed
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme')
})
afterAll(() => managed.close())

const invite = (more: object = {}, by = partner) =>
  by.ask('POST', '/customer-invitations', { organizationName: 'North Bakery', email, ...more })

test('a partner sends so many invitations a day and no more, and fewer to one address', async () => {
  const made = await invite()
  const send = () => partner.ask('POST', `/customer-invitations/${made.body.id}/sending`)
  for (let sent = 1; sent < invitationMailsMax.perAddress; sent += 1) expect((await send()).status).toBe(200)
  const refused = await send()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(23 * 3600)
  expect(await mailsTo(managed.server, email)).toHaveLength(invitationMailsMax.perAddress)

  const others = Array.from({ length: invitationMailsMax.perPartner - invitationMailsMax.perAddress }, (_, index) => index)
  for (const index of others) expect((await invite({ email: `o${index}@many.example` })).status).toBe(201)
  expect((await invite({ email: 'one-more@many.example' })).status).toBe(429)
  expect((await invite({ email: 'one-more@many.example' }, await managed.staffed('partner', 'Bolt'))).status).toBe(201)
})
