import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn } from '../../../test/support/accounts.ts'
import { assent } from '../../../test/support/command-line.ts'
import { mailsTo } from '../../../test/support/mailed.ts'
import { connect, type Managed, type Staffed, startManaged } from '../../../test/support/management.ts'
import { presentConsentText } from '../../domain/consent-text.ts'

let managed: Managed
let partner: Staffed
let customer: Staffed
let partnership: string
let directory: string
beforeAll(async () => {
  managed = await startManaged()
  directory = mkdtempSync(join(tmpdir(), 'assent-receipts-'))
  partner = await managed.staffed('partner', 'Acme, Inc.')
  customer = await managed.staffed('customer', 'North Bakery')
  partnership = await connect(managed, customer, partner)
  const consent = `/partnerships/${partnership}/consent`
  await customer.ask('PUT', consent, {})
  await customer.ask('PUT', consent, {})
  await customer.ask('PUT', consent, { kinds: { inventory: true, alarms: false, sensors: false } })
  await customer.ask('DELETE', consent)
  await customer.ask('DELETE', consent)
  await customer.ask('PUT', consent, {})
  await customer.ask('DELETE', `/partnerships/${partnership}`)
})
afterAll(async () => {
  rmSync(directory, { recursive: true })
  await managed.close()
})

interface Receipt {
  id: string
  event: string
  act: number
}

const receipts = async (who: Staffed): Promise<Receipt[]> => (await who.ask('GET', '/consent-receipts')).body.receipts
const events = ['withdrawn', 'given', 'withdrawn', 'changed', 'given']

/** What `assent audit verify` says with this as the head that was saved. */
async function verified(file: string, text: string): Promise<{ code: number; out: string }> {
  const head = join(directory, file)
  writeFileSync(head, text)
  const { code, out, err } = await assent({ server: managed.server }, 'audit', 'verify', '--head', head)
  return { code, out: out + err }
}

test('each change makes one receipt, which both sides keep, also when the connection has ended; nobody else sees it', async () => {
  const kept = await receipts(customer)
  expect(kept.map(({ event }) => event)).toEqual(events)
  expect(await receipts(partner)).toEqual(kept)
  const stranger = await managed.staffed('customer', 'South Bakery')
  expect(await receipts(stranger)).toEqual([])
  for (const path of ['', '/text'])
    expect((await stranger.ask('GET', `/consent-receipts/${kept[0]?.id}${path}`)).status).toBe(404)
})

test('a receipt says what, who, when, and the words agreed to, of the kinds that are shared', async () => {
  const [, , , changed] = await receipts(customer)
  const { body } = await partner.ask('GET', `/consent-receipts/${changed?.id}`)
  expect(body).toMatchObject({
    event: 'changed',
    customer: { id: customer.id, name: 'North Bakery' },
    partner: { name: 'Acme, Inc.', partnerId: 'ACME_INC' },
    by: expect.stringMatching(/^Person/),
    kinds: { inventory: true, alarms: false, sensors: false },
    text: { version: presentConsentText.version, sees: [presentConsentText.sees.inventory], closed: presentConsentText.closed },
  })
  const { acts } = (await customer.ask('GET', `/acts?after=${body.act - 1}&limit=1`)).body
  expect(acts[0]).toMatchObject({ seq: body.act, verb: 'consent.changed', record: expect.stringContaining(body.consentId) })
  expect(body.head.seq).toBeGreaterThanOrEqual(body.act)

  const path = `/consent-receipts/${changed?.id}/text`
  expect((await managed.vendor('GET', path)).status).toBe(403)
  const { cookie } = await signedIn(managed, customer.email)
  for (const [language, title] of [
    ['en', 'Consent was changed'],
    ['de', 'Die Einwilligung wurde geändert'],
  ] as const) {
    const printed = await fetch(`${managed.server.url}/api/v1${path}`, { headers: { cookie, 'accept-language': language } })
    expect([printed.status, printed.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)])
    const text = await printed.text()
    for (const words of [
      title,
      `[x] ${presentConsentText.label}`,
      presentConsentText.withdrawal,
      `signature ${body.head.signature}`,
    ])
      expect(text).toContain(words)
  }
})

test('both sides are mailed it, and what the mail holds finds a change of any act before it', async () => {
  for (const [who, subjects] of [
    [customer, ['Access was allowed: Acme, Inc.', 'Access was changed: Acme, Inc.', 'Access was withdrawn: Acme, Inc.']],
    [partner, ['North Bakery has allowed access', 'North Bakery has changed your access', 'North Bakery has withdrawn access']],
  ] as const) {
    const mails = (await mailsTo(managed.server, who.email)).filter(({ message }) => message === 'consent-receipt')
    expect(mails.map(({ subject }) => subject)).toEqual([...subjects, subjects[0], subjects[2]])
    const proof = /\{"id".*\}$/.exec(mails[1]?.words ?? '')?.[0] ?? ''
    expect(await verified('mailed.json', proof)).toMatchObject({ code: 0, out: expect.stringContaining('nothing was changed') })
  }
  const [newest] = await receipts(customer)
  const receipt = JSON.stringify((await customer.ask('GET', `/consent-receipts/${newest?.id}`)).body)
  expect((await verified('receipt.json', receipt)).code).toBe(0)

  // Somebody who owns the database rewrites an act, and the chain behind it.
  await managed.server.database.script(`
    update act set record = replace(record, '"alarms": false', '"alarms": true') where verb = 'consent.changed';
    do $$ declare one act; begin
      for one in select * from act order by seq loop
        update act set previous = coalesce((select digest from act where seq = one.seq - 1), sha256('assent')) where seq = one.seq;
        update act set digest = sha256(previous || convert_to(record, 'UTF8')) where seq = one.seq;
      end loop;
      update act_head set (seq, digest) = (select seq, digest from act order by seq desc limit 1);
    end $$`)
  await managed.server.database.system.rows(sql`delete from signed_head`)
  expect(await verified('receipt.json', receipt)).toMatchObject({
    code: 1,
    out: expect.stringContaining('the record was rebuilt'),
  })
})
