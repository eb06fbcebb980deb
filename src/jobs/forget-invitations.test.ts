import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokenMailedTo } from '../../test/support/mailed.ts'
import { type Managed, type Staffed, startManaged, testPassword } from '../../test/support/management.ts'
import { verified } from '../../test/support/verified-acts.ts'
import { forgetInvitations } from './forget-invitations.ts'

let managed: Managed
let partner: Staffed
beforeAll(async () => {
  managed = await startManaged()
  partner = await managed.staffed('partner', 'Acme Power')
})
afterAll(() => managed.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) => managed.server.database.system.rows<Row>(statement)

test('ended invitations are forgotten after 30 days, with the addresses of those who never joined; the record verifies', async () => {
  const address = (who: string) => `${who}@invited.example`
  const invite = async (who: string) => (await partner.ask('POST', '/invitations', { email: address(who) })).body.id as string
  const revoked = await invite('revoked')
  await partner.ask('DELETE', `/invitations/${revoked}`)
  await invite('expired')
  await invite('joined')
  await managed.ask('POST', '/invitations/acceptance', {
    token: await tokenMailedTo(managed.server, address('joined')),
    name: 'Jo',
    password: testPassword,
  })
  const customer = { organizationName: 'North Bakery', email: address('customer') }
  const made = await partner.ask('POST', '/customer-invitations', customer)
  await partner.ask('DELETE', `/customer-invitations/${made.body.id}`)
  for (const table of ['invitation', 'customer_invitation']) {
    const moved = ['accepted_at', 'revoked_at', 'expires_at'].map((column) => `${column} = ${column} - interval '38 days'`)
    await rows(sql([`update ${table} set ${moved.join(', ')}`]))
  }
  await invite('open')
  const fresh = await invite('lately')
  await partner.ask('DELETE', `/invitations/${fresh}`)
  // Mails are forgotten by a job of their own.
  await rows(sql`delete from mail`)

  await forgetInvitations(managed.server.context)
  const kept = await rows<{ text: string }>(sql`
    select email as "text" from invitation union all select email from customer_invitation union all select data from act_personal`)
  const all = kept.map(({ text }) => text).join('\n')
  const named = ['revoked', 'expired', 'joined', 'customer', 'open', 'lately'].filter((who) => all.includes(address(who)))
  expect(named).toEqual(['joined', 'open', 'lately'])
  expect(await verified(managed)).toEqual([])
  expect((await partner.ask('GET', '/acts')).status).toBe(200)
})
