import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo, tokenMailedTo } from '../../../test/support/mailed.ts'
import { connect, type Managed, type Staffed, startManaged, testPassword } from '../../../test/support/management.ts'
import { type SmtpOfTest, startSmtp } from '../../../test/support/smtp.ts'

let smtp: SmtpOfTest
let managed: Managed
let customer: Staffed
let partner: Staffed
beforeAll(async () => {
  smtp = await startSmtp()
  managed = await startManaged({ flags: [...smtp.flags, '--rate-limit-factor', '1000'] })
  customer = await managed.staffed('customer', 'North Bakery')
  partner = await managed.staffed('partner', 'Acme, Inc.')
})
afterAll(async () => {
  await managed?.close()
  await smtp?.close()
})

const german = { 'accept-language': 'de-CH, de;q=0.9, en;q=0.8' }
const chosen = (language: string) => ({ cookie: `assent.language=${language}` })
const languageOf = async (who: Staffed) => (await who.ask('GET', '/account')).body.language
const signIn = (email: string, headers: Record<string, string>) =>
  managed.ask('POST', '/session', { email, password: testPassword }, headers)
const subjectsTo = async (email: string) => (await mailsTo(managed.server, email)).map(({ subject }) => subject)

test('of one event whoever reads German is mailed in German and a co-worker in English, both with the same signed receipt', async () => {
  const colleague = await managed.addMember(customer.id, 'administrator')
  expect(await languageOf(customer)).toBeUndefined()
  expect((await customer.ask('PATCH', '/account', { language: 'de' })).status).toBe(204)
  expect([await languageOf(customer), await languageOf(colleague)]).toEqual(['de', undefined])
  const partnership = await connect(managed, customer, partner)
  await customer.ask('PUT', `/partnerships/${partnership}/consent`, {})

  const inGerman = await smtp.mailTo(customer.email, 'Acme')
  const inEnglish = await smtp.mailTo(colleague.email, 'Acme')
  expect(inGerman.subject).toBe('Zugriff erlaubt: Acme, Inc.')
  expect(inEnglish.subject).toBe('Access was allowed: Acme, Inc.')
  expect(inGerman.html).toContain('<html lang="de">')
  expect(inEnglish.html).toContain('<html lang="en">')
  expect(inGerman.text).toMatch(/^Wann: \d{1,2}\. \p{L}+ \d{4} um \d\d:\d\d UTC$/mu)
  expect(inEnglish.text).toMatch(/^When: \d{1,2} \p{L}+ \d{4} at \d\d:\d\d UTC$/mu)
  const proof = (text: string) => JSON.parse(text.split('\n').find((line) => line.startsWith('{')) ?? 'null')
  expect(proof(inGerman.text)).toMatchObject({ event: 'given', head: { signature: expect.any(String) } })
  expect(proof(inGerman.text)).toEqual(proof(inEnglish.text))
})

test('a sign-in’s browser tells the language where nothing is known of it, what was chosen there before what it takes, and changes none that is known', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  const after = async (headers: Record<string, string>, who = member) => {
    expect((await signIn(who.email, headers)).status).toBe(200)
    return languageOf(who)
  }
  expect(await after({ 'accept-language': 'fr, es;q=0.5', ...chosen('xx') })).toBeUndefined()
  expect(await after(german)).toBe('de')
  expect(await after({ 'accept-language': 'en' })).toBe('de')
  expect(await after({ ...german, ...chosen('en') })).toBe('de')
  expect(await after({ ...german, ...chosen('en') }, await managed.addMember(customer.id, 'viewer'))).toBe('en')
  const refused = await member.ask('PATCH', '/account', { language: 'fr' })
  expect([refused.status, await languageOf(member)]).toEqual([400, 'de'])
  // What was supposed is not what was chosen, which the portal goes by in another browser.
  const ofSession = async () => (await member.ask('GET', '/session')).body.language
  expect(await ofSession()).toBeUndefined()
  await member.ask('PATCH', '/account', { language: 'de' })
  expect(await ofSession()).toBe('de')
})

test('who signs in from a new place in another language does not choose in which one the owner is told of it, nor of what comes after', async () => {
  const member = await managed.addMember(customer.id, 'viewer')
  await member.ask('PATCH', '/account', { language: 'de' })
  const stranger = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', ...chosen('en') }
  await signIn(member.email, stranger)
  await signIn(member.email, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/150.0.0.0 Safari/537.36' })
  expect(await subjectsTo(member.email)).toEqual([
    expect.stringMatching(/^Neue Anmeldung bei /),
    expect.stringMatching(/^Neue Anmeldung bei /),
  ])
  expect((await mailsTo(managed.server, member.email)).at(-1)?.words).toContain('Chrome unter Windows')
})

test('of another address the former one is told in the language of whose it was, and the new one asked in it', async () => {
  const { email, ask } = await managed.addMember(customer.id, 'viewer')
  await ask('PATCH', '/account', { language: 'de' })
  const wanted = 'neue.adresse@example.com'
  await ask('POST', '/account/email-changes', { email: wanted })
  expect(await subjectsTo(wanted)).toEqual([expect.stringMatching(/^Bestätigen Sie Ihre neue Adresse für /)])
  const token = await tokenMailedTo(managed.server, wanted)
  expect((await managed.ask('POST', '/email-changes', { token })).status).toBe(204)
  expect(await subjectsTo(email)).toEqual([expect.stringMatching(/^Ihr Konto bei .+ hat eine andere Adresse$/)])
})

test('an invitation is in the language of whoever sends it, a link to a registration or a new password in that of whoever asks, unless the reader’s is known', async () => {
  await customer.ask('PATCH', '/account', { language: 'de' })
  const invited = 'invited@example.com'
  await customer.ask('POST', '/invitations', { email: invited })
  expect(await subjectsTo(invited)).toEqual([expect.stringMatching(/^Einladung zu North Bakery auf /)])
  const [link = ''] = (await smtp.mailTo(invited)).links
  const token = new URL(link).hash.slice(1)
  const joined = { token, name: 'Charlie', password: testPassword }
  expect((await managed.ask('POST', '/invitations/acceptance', joined, { 'accept-language': 'en' })).status).toBe(201)
  await managed.ask('POST', '/password-resets', { email: invited }, german)
  expect((await subjectsTo(invited)).at(-1)).toMatch(/^Reset your /)

  const registered = 'registered@example.com'
  await managed.ask('POST', '/accounts', { name: 'Noor', email: registered, password: testPassword }, german)
  expect(await subjectsTo(registered)).toEqual([expect.stringMatching(/^Bestätigen Sie Ihre Adresse für /)])
})

test('the vendor sees a mail in the language in which it goes out, without its link', async () => {
  await managed.ask('POST', '/password-resets', { email: partner.email }, german)
  const { body } = await managed.vendor('GET', '/mails')
  const listed = body.mails.find(
    ({ recipient, subject }: { recipient: string; subject: string }) =>
      recipient === partner.email && subject.includes('Passwort'),
  )
  const mail = await managed.vendor('GET', `/mails/${listed.id}`)
  expect(mail.body).toMatchObject({ language: 'de', linkWithheld: true, text: expect.stringContaining('(Link weggelassen)') })
})
