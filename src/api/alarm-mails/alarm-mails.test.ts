import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connections, Door, type PartnerOfTest } from '../../../test/support/door.ts'
import { until } from '../../../test/support/own-process.ts'
import type { Portal } from '../../../test/support/portal-session.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import { type SmtpOfTest, startSmtp } from '../../../test/support/smtp.ts'
import { siteOf } from '../../../test/support/webhook-site.ts'

let smtp: SmtpOfTest
let server: TestServer
let door: Door
let partner: PartnerOfTest
const lines = new Connections(8)
beforeAll(async () => {
  smtp = await startSmtp()
  server = await startServer({ flags: [...smtp.flags, '--rate-limit-factor', '1000000'] })
  door = new Door(server.url, server.dataDir)
  partner = await door.partner('Acme')
})
afterAll(async () => {
  lines.close()
  await server?.close()
  await smtp?.close()
})

const choose = (portal: Portal, choice: object) =>
  portal.send('PUT', '/alarm-mails', { severity: 'WARNING', cleared: false, ...choice })

/** As if the minutes in which alarms are gathered had passed. */
const minutesPass = () => server.database.system.rows(sql`update alarm_mail set next_at = statement_timestamp()`)

/** Until `minutesPass`: one mail tells of all that is reported before. */
const nobodyIsWrittenTo = () =>
  server.database.system.rows(sql`update alarm_mail set next_at = statement_timestamp() + interval '1 hour'`)

/** Until all that was reported has been looked at, and whoever may be written to is. */
const allLookedAt = () =>
  until('all news to be looked at', async () => {
    const rows = await server.database.system.rows(sql`
      select 1 as one from feed_news where teller = 'mails'
       union all
      select 1 from alarm_mail_news n join alarm_mail a on a.member_id = n.member_id
       where n.head > n.told and a.next_at <= statement_timestamp()`)
    return rows.length === 0
  })

const mailsTo = (email: string) => smtp.received.filter(({ to }) => to === email).filter(({ text }) => text.includes('alarm'))

test('a member is told of alarms as bad as chosen, gathered into one mail in five minutes, the worst first; another is not', async () => {
  const customer = await door.customer('North', partner)
  const { alarm, report } = await siteOf(door, lines, customer)
  const viewer = await door.account(customer.id, 'viewer')
  const silent = await door.account(customer.id, 'viewer')
  await report(alarm('one', 'before'))
  await choose(viewer, {})
  expect(await viewer.send('GET', '/alarm-mails')).toEqual({ alarmMails: { severity: 'WARNING', cleared: false } })
  expect(await silent.send('GET', '/alarm-mails')).toEqual({})

  await report(alarm('one', 'a'), alarm('one', 'quiet', { severity: 'INFO' }))
  const first = await smtp.mailTo(viewer.person.email, 'alarm a')
  expect(first.text).toContain('Hall › Room 1 › UPS 1')
  expect(first.text).not.toMatch(/alarm (quiet|before)/)
  expect(first.links).toEqual([`${server.url}/alarms`])

  await report(alarm('two', 'b'), alarm('one', 'a', { clearedTime: '2026-03-14T10:26:53.589Z' }))
  await report(alarm('one', 'c', { severity: 'CRITICAL' }), alarm('one', 'quiet', { severity: 'ERROR' }))
  await report(alarm('one', 'c', { severity: 'CRITICAL', message: 'Again' }))
  await allLookedAt()
  expect(mailsTo(viewer.person.email)).toHaveLength(1)
  await minutesPass()
  const gathered = await smtp.mailTo(viewer.person.email, '3 alarms')
  const listed = gathered.text.match(/^(Critical|Error|Warning|Cleared): alarm \w+/gm)
  expect(listed).toEqual(['Critical: alarm c', 'Error: alarm quiet', 'Warning: alarm b'])

  await minutesPass()
  await report(alarm('one', 'c', { severity: 'WARNING' }), alarm('two', 'd'))
  expect((await smtp.mailTo(viewer.person.email, 'alarm d')).text).not.toContain('alarm c')
  expect(mailsTo(silent.person.email)).toEqual([])
})

test('cleared alarms are told on choice, and places hold with what lies beneath', async () => {
  const customer = await door.customer('West', partner)
  const { alarm, report } = await siteOf(door, lines, customer)
  const { locations } = await customer.portal.send<{ locations: { id: string; label: string }[] }>(
    'GET',
    `/organizations/${customer.id}/inventory-tree`,
  )
  const idOf = (name: string) => locations.find(({ label }) => label === name)?.id
  const [hall, room2] = [await door.account(customer.id, 'viewer'), await door.account(customer.id, 'viewer')]
  await choose(hall, { locationIds: [idOf('Hall')], cleared: true })
  await choose(room2, { locationIds: [idOf('Room 2')] })
  await report(alarm('one', 'a'))
  await smtp.mailTo(hall.person.email, 'alarm a')
  await minutesPass()
  await report(alarm('one', 'a', { clearedTime: '2026-03-14T10:26:53.589Z' }))
  const cleared = await smtp.mailTo(hall.person.email, 'Cleared: alarm a')
  expect(cleared.text).toContain('cleared 14 March 2026')
  await report(alarm('two', 'b'))
  expect((await smtp.mailTo(room2.person.email, 'alarm b')).subject).not.toContain('alarms')
  expect(mailsTo(room2.person.email)).toHaveLength(1)
})

test("a partner's member is told of covered customers alone, at the moment of writing, and never of kinds that are not shared", async () => {
  const open = await door.customer('South', partner)
  const narrow = await door.customer('Narrow', partner, {
    consent: { inventory: false, alarms: true, sensors: false },
  })
  const closed = await door.customer('Closed', partner, { consent: { inventory: true, alarms: false, sensors: true } })
  const ended = await door.customer('Ended', partner)
  const sites = await Promise.all([open, narrow, closed, ended].map((one) => siteOf(door, lines, one)))
  const [all, some] = [await door.account(partner.id, 'viewer'), await door.account(partner.id, 'viewer')]
  await choose(all, {})
  await choose(some, { organizationIds: [narrow.id] })
  // One consent is withdrawn after it was noted that there is news.
  await nobodyIsWrittenTo()
  for (const { alarm, report } of sites) await report(alarm('one', 'told'))
  await allLookedAt()
  await ended.portal.send('DELETE', `/partnerships/${ended.partnershipId}/consent`)
  await minutesPass()
  const mail = await smtp.mailTo(all.person.email, '2 alarms')
  expect(mail.text).toContain('South › Hall › Room 1 › UPS 1')
  expect(mail.text).toContain('Narrow ·')
  expect(mail.text).not.toMatch(/Closed|Ended|Narrow ›/)
  expect((await smtp.mailTo(some.person.email, 'alarm told')).text).not.toContain('South')

  // What was accepted while it was not shared stays untold when it is shared again.
  const { alarm, report } = sites[3] as (typeof sites)[number]
  await report(alarm('two', 'between'))
  await ended.portal.send('PUT', `/partnerships/${ended.partnershipId}/consent`, {})
  await minutesPass()
  await report(alarm('two', 'after'))
  const later = await smtp.mailTo(all.person.email, 'alarm after')
  expect(later.text).not.toMatch(/alarm (between|told)/)
})

test('a mail that waits for its mail server tells nothing of a consent that has ended meanwhile, nor does the export', async () => {
  const [kept, ended] = [await door.customer('Kept', partner), await door.customer('Short', partner)]
  const sites = [await siteOf(door, lines, kept), await siteOf(door, lines, ended)]
  const viewer = await door.account(partner.id, 'viewer')
  await choose(viewer, { organizationIds: [kept.id, ended.id] })
  smtp.be('defer')
  try {
    await nobodyIsWrittenTo()
    for (const { alarm, report } of sites) await report(alarm('one', 'waits'))
    await allLookedAt()
    await minutesPass()
    const ofViewer = sql`message = 'alarms' and recipient = ${viewer.person.email}`
    await until('the mail to be deferred', async () => {
      const rows = await server.database.system.rows(sql`select 1 as one from mail where ${ofViewer} and last_error is not null`)
      return rows.length > 0
    })
    expect(JSON.stringify(await viewer.send('GET', '/account/data'))).not.toContain('alarm waits')
    await ended.portal.send('DELETE', `/partnerships/${ended.partnershipId}/consent`)
    smtp.be('accept')
    await server.database.system.rows(sql`update mail set next_attempt_at = statement_timestamp() where ${ofViewer}`)
    await until('the mail to be given up', async () => {
      const rows = await server.database.system.rows<{ error: string }>(
        sql`select last_error as "error" from mail where ${ofViewer} and next_attempt_at is null and facts::text = '{}'`,
      )
      return rows.every(({ error }) => /no longer shared/.test(error)) && rows.length > 0
    })
    expect(mailsTo(viewer.person.email)).toEqual([])
  } finally {
    smtp.be('accept')
  }
})

test('each mail says how it is stopped, by one click of a mail program too, without a sign-in; nobody else’s are', async () => {
  const customer = await door.customer('East', partner)
  const { alarm, report } = await siteOf(door, lines, customer)
  const [viewer, other] = [await door.account(customer.id, 'viewer'), await door.account(customer.id, 'viewer')]
  await choose(viewer, {})
  await choose(other, {})
  await report(alarm('one', 'a'))
  const mail = await smtp.mailTo(viewer.person.email, 'alarm a')
  const header = (name: string) =>
    mail.parsed.headerLines
      .find(({ key }) => key === name)
      ?.line.replaceAll(/\s+/g, '')
      .slice(name.length + 1)
  const oneClick = header('list-unsubscribe')?.slice(1, -1) as string
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(mail.text).toContain(`${server.url}/stop-alarm-mails#`)
  const click = (url: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  expect((await click(oneClick.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(204)
  expect(await viewer.send('GET', '/alarm-mails')).toHaveProperty('alarmMails')
  expect([(await click(oneClick)).status, (await click(oneClick)).status]).toEqual([204, 204])
  expect(await viewer.send('GET', '/alarm-mails')).toEqual({})
  expect(await other.send('GET', '/alarm-mails')).toHaveProperty('alarmMails')
  // A form is taken nowhere else.
  expect((await click(`${server.url}/api/v1/key-reports`)).status).toBe(415)

  // The vendor sees that there was a mail, and nothing of what it tells.
  const { mails } = await door.vendor<{ mails: { id: string; subject: string; recipient: string }[] }>('GET', '/mails')
  const kept = mails.find(({ recipient }) => recipient === viewer.person.email)
  const shown = await door.vendor('GET', `/mails/${kept?.id}`)
  expect(JSON.stringify([kept, shown])).not.toMatch(/alarm a|UPS 1|Room 1/)
  await until('what was told to be forgotten', async () => {
    const rows = await server.database.system.rows(
      sql`select 1 as one from mail where message = 'alarms' and facts::text <> '{}'`,
    )
    return rows.length === 0
  })
})
