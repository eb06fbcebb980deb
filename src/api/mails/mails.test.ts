import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueLinkMail } from '../../../test/support/link-mail.ts'
import { type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { until } from '../../../test/support/own-process.ts'
import { startSmtp } from '../../../test/support/smtp.ts'

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

describe('without a mail server', () => {
  let managed: Managed
  let partner: Staffed
  beforeAll(async () => {
    managed = await startManaged()
    partner = await managed.staffed('partner', 'Acme & Sons <Power>')
  }, 60_000)
  afterAll(() => managed.close())

  const newest = async () => (await managed.vendor('GET', '/mails?limit=1')).body.mails[0]

  test.each(['abc', '1.5', '0', '201'])('a limit of %s is refused with what one is', async (limit) => {
    const { status, body } = await managed.vendor('GET', `/mails?limit=${limit}`)
    expect([status, body.detail]).toEqual([400, 'query.limit: is not a whole number from 1 to 200'])
  })

  test('mails are kept, nothing is tried, and the vendor reads them as text and HTML', async () => {
    await partner.ask('POST', '/keys', { name: 'First', kind: 'demo' })
    const { status, body } = await managed.vendor('GET', '/mails')
    expect([status, body.sends]).toEqual([200, false])
    expect(body.mails[0]).toMatchObject({
      recipient: partner.email,
      subject: 'A key was generated: First',
      companyName: 'Acme & Sons <Power>',
      state: 'kept',
      attempts: 0,
    })
    const mail = await managed.vendor('GET', `/mails/${body.mails[0].id}`)
    expect(mail.body).toMatchObject({ ...body.mails[0], linkWithheld: false })
    expect(mail.body.text).toContain('Acme & Sons <Power>')
    expect(mail.body.html).toContain('Acme &amp; Sons &lt;Power&gt;')
  })

  test('a mail is shown without its link, which the answer does not hold in any form', async () => {
    await queueLinkMail(managed.server.context, 'robin@example.com', inAnHour())
    const { id } = await newest()
    const { body } = await managed.vendor('GET', `/mails/${id}`)
    expect(body.linkWithheld).toBe(true)
    expect(body.text).toContain('(link withheld)')
    expect(JSON.stringify(body)).not.toMatch(/secret|join#/)
  })

  test('the newest come first, page by page, each once', async () => {
    for (let nth = 0; nth < 5; nth += 1) await queueLinkMail(managed.server.context, `page${nth}@example.com`, inAnHour())
    const seen: { id: string; recipient: string; createdAt: string }[] = []
    for (let path = '/mails?limit=2'; ; ) {
      const { body } = await managed.vendor('GET', path)
      seen.push(...body.mails)
      if (body.next === undefined) break
      path = `/mails?limit=2&before=${body.next}`
    }
    // Two of one moment have no order of their own.
    const moments = seen.map(({ createdAt }) => createdAt)
    expect(moments).toEqual(moments.toSorted().reverse())
    const newest = seen.slice(0, 5).map(({ recipient }) => recipient)
    expect(newest.toSorted()).toEqual([0, 1, 2, 3, 4].map((nth) => `page${nth}@example.com`))
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    const [{ count = 0 } = {}] = await managed.server.database.system.rows<{ count: number }>(
      sql`select count(*) as "count" from mail`,
    )
    expect(seen).toHaveLength(count)
  })

  test('one that is kept stays so when it is tried again, and one that is not there is not found', async () => {
    const { id } = await newest()
    expect((await managed.vendor('POST', `/mails/${id}/retry`)).status).toBe(204)
    expect(await newest()).toMatchObject({ id, state: 'kept' })
    expect((await managed.vendor('GET', '/mails/nothing')).status).toBe(404)
    expect((await managed.vendor('POST', '/mails/nothing/retry')).status).toBe(404)
    expect((await managed.vendor('GET', '/mails?before=nothing')).body.mails).toEqual([])
  })
})

describe('with a mail server', () => {
  test('one that was given up says why, is tried again and sent; one whose link went with it is not', async () => {
    const smtp = await startSmtp()
    const managed = await startManaged({ flags: smtp.flags })
    try {
      const partner = await managed.staffed('partner', 'Acme Power')
      smtp.be('refuse')
      const mails = async () =>
        (await managed.vendor('GET', '/mails')).body.mails as { id: string; state: string; recipient: string }[]
      const gaveUp = (recipient: string) =>
        until('it to be given up', async () =>
          (await mails()).find((one) => one.recipient === recipient && one.state === 'failed'),
        )
      await partner.ask('POST', '/keys', { name: 'First', kind: 'demo' })
      const failed = await gaveUp(partner.email)
      expect(failed).toMatchObject({ attempts: 1, lastError: expect.stringContaining('No such mailbox') })
      await queueLinkMail(managed.server.context, 'robin@example.com', inAnHour())
      const withLink = await gaveUp('robin@example.com')

      smtp.be('accept')
      expect((await managed.vendor('POST', `/mails/${failed.id}/retry`)).status).toBe(204)
      await smtp.mailTo(partner.email, 'First')
      await until('it to be noted', async () => (await mails()).some(({ id, state }) => id === failed.id && state === 'sent'))
      const refused = await managed.vendor('POST', `/mails/${withLink.id}/retry`)
      expect([refused.status, refused.body.type]).toEqual([409, expect.stringContaining('#mail-not-retried')])
      expect((await managed.vendor('POST', `/mails/${failed.id}/retry`)).status).toBe(409)
      const { body } = await managed.vendor('GET', '/acts?limit=1000')
      const acts = body.acts.filter(({ verb }: { verb: string }) => verb.startsWith('mail.'))
      expect(acts).toHaveLength(1)
      expect(acts[0]).toMatchObject({ verb: 'mail.retried', personal: { data: expect.stringContaining(partner.email) } })
      expect(acts[0].record).not.toContain(partner.email)
    } finally {
      await managed.close()
      await smtp.close()
    }
  })
})
