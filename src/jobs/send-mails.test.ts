import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { queueLinkMail, testLink, testMessage } from '../../test/support/link-mail.ts'
import { type Managed, type Staffed, startManaged } from '../../test/support/management.ts'
import { until } from '../../test/support/own-process.ts'
import { mailFrom, type SmtpOfTest, startSmtp } from '../../test/support/smtp.ts'
import { metrics } from '../http/metrics.ts'
import { queueMail } from '../mail.ts'
import { startDueWork } from './due-work.ts'
import { attemptsMax, retryDelayMs, sendingMails } from './send-mails.ts'

let smtp: SmtpOfTest
let managed: Managed
let partner: Staffed
beforeAll(async () => {
  smtp = await startSmtp()
  managed = await startManaged({ flags: smtp.flags })
  partner = await managed.staffed('partner', 'Acme Power')
}, 60_000)
afterAll(async () => {
  await managed.close()
  await smtp.close()
})
afterEach(async () => {
  smtp.be('accept')
  await idle()
})

interface Stored {
  id: string
  attempts: number
  waits: boolean
  sent: boolean
  lastError: string | null
  linkKept: boolean
  /** Seconds to the next attempt. */
  inSeconds: number
}

const db = () => managed.server.database.system

/** What is kept of the newest mail to an address. */
async function stored(recipient: string): Promise<Stored> {
  const [row] = await db().rows<Stored>(sql`
    select id, attempts, next_attempt_at is not null as "waits", sent_at is not null as "sent", last_error as "lastError",
           sealed_link is not null as "linkKept", extract(epoch from next_attempt_at - statement_timestamp())::float8 as "inSeconds"
      from mail where recipient = ${recipient} order by created_at desc limit 1`)
  if (row === undefined) throw new Error(`no mail to ${recipient}`)
  return row
}

async function noted(recipient: string, promise: (mail: Stored) => boolean): Promise<Stored> {
  return until(`what became of the mail to ${recipient}`, async () => {
    const mail = await stored(recipient)
    return promise(mail) && mail
  })
}

/** As if the time to the next attempt had passed. */
async function timePasses(recipient: string): Promise<void> {
  await db().rows(
    sql`update mail set next_attempt_at = statement_timestamp() where recipient = ${recipient} and next_attempt_at is not null`,
  )
}

async function idle(): Promise<void> {
  await until('all mails to be noted', async () => {
    const [row] = await db().rows<{ due: number }>(sql`
      select count(*) as "due" from mail where next_attempt_at < statement_timestamp() + interval '5 seconds'`)
    return row?.due === 0
  })
}

const generate = (name: string) => partner.ask('POST', '/keys', { name, kind: 'demo' })

const queueLink = (recipient: string, expiresAt: string) => queueLinkMail(managed.server.context, recipient, expiresAt)

describe('a mail', () => {
  test('is sent once when what it tells of has happened, as text and HTML, from the address that is set', async () => {
    await generate('First')
    const mail = await smtp.mailTo(partner.email, 'First')
    const row = await noted(partner.email, ({ sent }) => sent)
    expect(mail).toMatchObject({ from: 'no-reply@exchange.example', messageId: `<${row.id}@exchange.example>`, links: [] })
    expect(mail.parsed.from?.text).toBe('"Exchange" <no-reply@exchange.example>')
    expect(mailFrom).toContain('Exchange')
    expect(mail.parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(Math.abs(Date.now() - (mail.parsed.date?.getTime() ?? 0))).toBeLessThan(60_000)
    for (const words of ['First', 'Acme Power', partner.email]) {
      expect(mail.text).toContain(words)
      expect(mail.html).toContain(words)
    }
    expect(row).toMatchObject({ attempts: 1, waits: false, lastError: null })
    expect(smtp.received.filter(({ subject }) => subject.includes('First'))).toHaveLength(1)
  })

  test('is not sent where what it tells of was rolled back', async () => {
    const before = await db().rows(sql`select id from mail`)
    const refused = await partner.ask('POST', '/keys', { name: 'Refused', kind: 'specific', organizationIds: ['nobody'] })
    expect(refused.status).toBe(422)
    expect(await db().rows(sql`select id from mail`)).toHaveLength(before.length)
  })

  test('is tried again after a refusal for now, a little later each time, and then sent under the same Message-ID', async () => {
    smtp.be('defer')
    await generate('Deferred')
    const first = await noted(partner.email, ({ lastError }) => lastError !== null)
    expect(first).toMatchObject({ attempts: 1, waits: true, sent: false })
    expect(first.lastError).toContain('451')
    expect(first.inSeconds).toBeGreaterThan(40)
    expect(first.inSeconds).toBeLessThan(72)
    await timePasses(partner.email)
    const second = await noted(partner.email, ({ attempts, inSeconds }) => attempts === 2 && inSeconds > 181)
    expect(second.inSeconds).toBeLessThan(360)
    smtp.be('accept')
    await timePasses(partner.email)
    expect((await smtp.mailTo(partner.email, 'Deferred')).messageId).toBe(`<${first.id}@exchange.example>`)
    expect(await noted(partner.email, ({ sent }) => sent)).toMatchObject({ attempts: 3, lastError: null })
  })

  test.each(['refuse', 'refuse message'] as const)(
    'is given up at once, with what was said, where the server says: %s',
    async (mode) => {
      smtp.be(mode)
      await queueLink('gone@example.com', new Date(Date.now() + 3_600_000).toISOString())
      const row = await noted('gone@example.com', ({ waits }) => !waits)
      expect(row).toMatchObject({ attempts: 1, sent: false, linkKept: false })
      expect(row.lastError).toMatch(mode === 'refuse' ? /550.*No such mailbox/ : /554.*Looks like spam/)
      await db().rows(sql`delete from mail where recipient = 'gone@example.com'`)
    },
  )

  test('is tried again where the server refuses the sender: that is about the settings, not about this mail', async () => {
    smtp.be('refuse sender')
    await queueLink('sender@example.com', new Date(Date.now() + 3_600_000).toISOString())
    const row = await noted('sender@example.com', ({ lastError }) => lastError !== null)
    expect(row).toMatchObject({ waits: true, linkKept: true })
    smtp.be('accept')
    await timePasses('sender@example.com')
    expect((await smtp.mailTo('sender@example.com')).text).toContain(testLink)
    expect(await noted('sender@example.com', ({ sent }) => sent)).toMatchObject({ linkKept: false })
  })

  test('whose link expired before it could be sent is given up, and its link goes', async () => {
    await queueLink('late@example.com', new Date(Date.now() - 1000).toISOString())
    const row = await noted('late@example.com', ({ waits }) => !waits)
    expect(row).toMatchObject({ sent: false, linkKept: false })
    expect(row.lastError).toContain('expired')
    expect(smtp.received.filter(({ to }) => to === 'late@example.com')).toEqual([])
  })

  test('that nobody tried for two days, since there was no mail server, is given up', async () => {
    await db().rows(sql`
      insert into mail (recipient, message, facts, created_at)
      values ('old@example.com', 'key-generated', '{}', statement_timestamp() - interval '49 hours')`)
    expect((await noted('old@example.com', ({ waits }) => !waits)).lastError).toContain('two days')
  })

  test('is given up after as many attempts as take about two days, which grow and scatter', () => {
    const source = (byte: number) => ({ randomBytes: (size: number) => Buffer.alloc(size, byte) })
    const delays = (byte: number) =>
      Array.from({ length: attemptsMax - 1 }, (_, nth) => retryDelayMs(nth + 1, source(byte)) as number)
    const hours = (ms: readonly number[]) => ms.reduce((sum, one) => sum + one, 0) / 3_600_000
    expect(hours(delays(128))).toBeGreaterThan(44)
    expect(hours(delays(128))).toBeLessThan(52)
    expect(
      delays(0)
        .slice(0, 5)
        .map((ms) => ms / 60_000),
    ).toEqual([0.8, 4, 12, 48, 144])
    expect(delays(255)[0]).toBeGreaterThan(delays(0)[0] as number)
    expect(retryDelayMs(attemptsMax, source(128))).toBeNull()
  })

  test('of a name and an address with line breaks has no header that they make', async () => {
    const facts = { name: 'Key\r\nBcc: victim@example.com\r\n\r\nHello' }
    const queue = (recipient: string) =>
      managed.server.database.transaction('request', { kind: 'system' }, (tx) =>
        queueMail(managed.server.context, tx, testMessage, { companyId: null, recipient, facts }),
      )
    await queue('broken-name@example.com')
    const mail = await smtp.mailTo('broken-name@example.com')
    expect(mail.parsed.bcc).toBeUndefined()
    expect(mail.subject).toContain('Bcc: victim@example.com')
    expect([...mail.parsed.headers.keys()].sort()).toEqual(
      ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
    )
    await queue('broken@example.com\r\nRCPT TO:<victim@example.com>')
    await idle()
    expect(smtp.received.filter(({ to, raw }) => `${to}${raw}`.includes('RCPT TO'))).toEqual([])
    expect(smtp.received.filter(({ to }) => to.includes('victim'))).toEqual([])
  })

  test('is sent by one of those who share the work, never by two', async () => {
    const context = { ...managed.server.context, metrics: metrics() }
    const other = startDueWork(context, sendingMails(context))
    try {
      await Promise.all(Array.from({ length: 12 }, (_, nth) => generate(`Shared ${nth}`)))
      for (let nth = 0; nth < 12; nth += 1) await smtp.mailTo(partner.email, new RegExp(`Shared ${nth}$`))
      await idle()
      expect(smtp.received.filter(({ subject }) => subject.includes('Shared'))).toHaveLength(12)
    } finally {
      await other()
    }
  })
})
