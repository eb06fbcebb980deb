import { afterEach, expect, test } from 'vitest'
import { type SmtpOfTest, type SmtpOptions, startSmtp } from '../test/support/smtp.ts'
import { type SmtpServer, smtpServerOf } from './mail-settings.ts'
import { type Outcome, type OutgoingMail, smtpSend } from './smtp.ts'

const opened: SmtpOfTest[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

async function running(options: SmtpOptions = {}): Promise<SmtpOfTest> {
  const smtp = await startSmtp(options)
  opened.push(smtp)
  return smtp
}

const mail: OutgoingMail = {
  messageId: '<one@example.com>',
  from: { name: undefined, address: 'no-reply@example.com' },
  to: 'robin@example.com',
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  date: new Date('2026-11-24T12:00:00Z'),
  oneClickStop: null,
}

const given = (smtp: SmtpOfTest, change: Partial<SmtpServer> = {}) => ({ ...(smtpServerOf(smtp.url) as SmtpServer), ...change })

function sent(server: SmtpServer, signal = AbortSignal.timeout(20_000)): Promise<Outcome> {
  return smtpSend(server)(mail, signal)
}

test('a server that must have TLS and offers none is sent nothing', async () => {
  const smtp = await running({ withoutTls: true })
  expect(await sent(given(smtp, { tls: 'required' }))).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/STARTTLS/i),
  })
  expect(smtp.received).toEqual([])
  expect(await sent(given(smtp))).toEqual({ state: 'sent' })
})

test('a server that must have TLS and has a certificate that nobody knows is sent nothing', async () => {
  const smtp = await running()
  expect(await sent(given(smtp, { tls: 'required' }))).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/certificate/i),
  })
  expect(smtp.received).toEqual([])
  expect(await sent(given(smtp, { tls: 'optional' }))).toEqual({ state: 'sent' })
})

test('a server signs us in with the password of its address; one that it refuses is about the settings, and never repeated', async () => {
  const smtp = await running({ signIn: { user: 'robin@example.com', password: 'hunter/2 é' } })
  expect(await sent(given(smtp))).toEqual({ state: 'sent' })
  const wrong = await sent(given(smtp, { signIn: { user: 'robin@example.com', password: 'hunter3' } }))
  expect(wrong).toMatchObject({ state: 'failed', error: expect.stringContaining('535') })
  expect(JSON.stringify(wrong)).not.toContain('hunter3')
  expect(smtp.received).toHaveLength(1)
})

test('a server that does not answer is left when the time is over, and one that is not there at once', async () => {
  const smtp = await running()
  smtp.be('silent')
  const cut = new AbortController()
  const sending = sent(given(smtp), cut.signal)
  await smtp.mailTo('robin@example.com')
  cut.abort()
  expect(await sending).toMatchObject({ state: 'failed' })
  const gone = given(smtp)
  await smtp.close()
  opened.splice(0)
  expect(await sent(gone)).toMatchObject({ state: 'failed', error: expect.stringContaining('ECONNREFUSED') })
})
