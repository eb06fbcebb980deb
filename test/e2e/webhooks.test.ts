import type { Page } from 'playwright-core'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { expectNoBarriers } from './barriers.ts'
import { focused } from './keyboard.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let page: Page
let hook: Receiver
beforeAll(async () => {
  hook = await startReceiver()
  portal = await openPortal({ flags: ['--inside-addresses', '127.0.0.1'] })
  page = await portal.signedIn('partner', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('link', { name: 'Webhooks', exact: true }).click()
  await page.getByText('No webhooks yet').waitFor()
})
afterAll(async () => {
  await portal?.close()
  await hook?.close()
})

const dialog = () => page.getByRole('dialog')

test('a webhook is added, its secret shown this once, and a test event shows whether the receiver takes it', async () => {
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByText('Give the webhook a name.').waitFor()
  await dialog().getByLabel('Name', { exact: true }).fill('Night desk')
  await dialog().getByLabel('Address').fill(`${hook.url}/desk`)
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  const secret = await dialog().getByRole('group', { name: 'Signing secret' }).locator('code').innerText()
  expect(secret).toMatch(/^whsec_/)
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await dialog().waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('link', { name: 'Night desk' }).click()
  await page.getByRole('heading', { name: 'Night desk' }).waitFor()
  await page.getByRole('button', { name: 'Send test event' }).click()
  await hook.got('the test', (received) => received.length === 1)
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row', { name: 'Test' })
  await row.getByText('Delivered').waitFor()
  await expectNoBarriers(page)
  await row.getByRole('button', { name: 'Details of Test' }).click()
  await dialog().getByText('"type": "webhook.test"').waitFor()
  await dialog().getByRole('table', { name: 'Attempts' }).getByRole('cell', { name: '204' }).waitFor()
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Send again' }).click()
  await hook.got('the test again', (received) => received.length === 2)
})

test('a webhook with a public key is added for the locations of chosen customers, and its page says so', async () => {
  const { label } = portal.organization('valid')
  await page.getByRole('link', { name: 'Webhooks', exact: true }).first().click()
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByLabel('Name', { exact: true }).fill('One room')
  await dialog().getByLabel('Address').fill(hook.url)
  await dialog().getByLabel('Format').selectOption({ label: 'Signed, with a public key' })
  await dialog().getByLabel('Of', { exact: true }).selectOption({ label: 'Chosen customers' })
  await dialog().getByRole('group', { name: 'Customers' }).getByRole('checkbox', { name: label }).click()
  await dialog().getByLabel('Of devices').selectOption({ label: 'In chosen locations' })
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByText('Choose at least one location, or anywhere.').waitFor()
  const locations = dialog().getByRole('group', { name: 'Locations' })
  await focused(locations)
  await locations.getByRole('checkbox').first().click()
  await locations.getByText('1 location chosen').waitFor()
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await page.getByRole('link', { name: 'One room' }).click()
  await page.getByText('whpk_', { exact: false }).waitFor()
  await page.getByText('1 location chosen').waitFor()
  await page.getByRole('definition').filter({ hasText: label }).waitFor()
  await expectNoBarriers(page)
})

test('what a webhook tells is changed in a form that begins with what it has: kinds, severities, customers, locations', async () => {
  const facts = () => page.getByRole('definition').allInnerTexts()
  const { label } = portal.organization('valid')
  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByText('1 location chosen').waitFor()
  expect(await dialog().getByRole('group', { name: 'Customers' }).getByRole('checkbox', { name: label }).isChecked()).toBe(true)
  expect(await dialog().getByLabel('Format').count()).toBe(0)
  await expectNoBarriers(page)
  const kind = (name: string) => dialog().getByRole('checkbox', { name, exact: true })
  const kinds = ['Alarm activated', 'Alarm updated', 'Alarm cleared']
  for (const name of kinds) await kind(name).click()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().getByText('Choose at least one.', { exact: true }).waitFor()
  await focused(dialog().getByRole('group', { name: 'Tell of' }).getByRole('checkbox').first())
  for (const name of ['Alarm activated', 'Alarm cleared']) await kind(name).click()
  await dialog().getByRole('checkbox', { name: 'CRITICAL' }).click()
  await dialog().getByLabel('Of devices').selectOption({ label: 'Anywhere' })
  await dialog().getByLabel('Name', { exact: true }).fill('All rooms')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'All rooms' }).waitFor()
  await expect.poll(facts).toEqual(expect.arrayContaining([label, 'Alarm activated, Alarm cleared', 'CRITICAL']))
  expect(await facts()).not.toContain('1 location chosen')

  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog().getByRole('checkbox', { name: 'CRITICAL' }).click()
  await dialog().getByLabel('Of', { exact: true }).selectOption({ label: 'All customers' })
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().waitFor({ state: 'detached' })
  await expect.poll(facts).not.toContain(label)
  expect(await facts()).not.toContain('CRITICAL')
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByRole('button', { name: 'Delete webhook' }).click()
  await page.getByRole('link', { name: 'Night desk' }).click()
  await page.getByRole('heading', { name: 'Night desk' }).waitFor()
})

test('a secret is replaced with an overlap of one’s choice, and so is what a webhook for alarms sends', async () => {
  await page.getByRole('button', { name: 'Replace secret' }).click()
  await dialog().getByLabel('Both sign for').selectOption({ label: '7 days' })
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Replace secret' }).click()
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click()
  await dialog().getByRole('button', { name: 'Done' }).click()
  await page
    .getByRole('definition')
    .filter({ hasText: /in [67] days/ })
    .waitFor()

  await page.getByRole('link', { name: 'Webhooks', exact: true }).first().click()
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await dialog().getByLabel('Name', { exact: true }).fill('Alarms alone')
  await dialog().getByLabel('Address').fill(hook.url)
  await dialog().getByLabel('Format').selectOption({ label: 'Alarms, with a token' })
  await dialog().getByLabel('Token', { exact: true }).fill('former')
  await dialog().getByRole('button', { name: 'Add webhook' }).click()
  await page.getByRole('link', { name: 'Alarms alone' }).click()
  await page.getByRole('button', { name: 'Replace credential' }).click()
  await dialog().getByRole('button', { name: 'Replace credential' }).click()
  await dialog().getByText('Give what the receiver asks for.').waitFor()
  await expectNoBarriers(page)
  await dialog().getByLabel('Token', { exact: true }).fill('next')
  await dialog().getByRole('button', { name: 'Replace credential' }).click()
  await dialog().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Send test event' }).click()
  await hook.got('the test', (received) => received.some(({ headers }) => headers.authorization === 'Bearer next'))
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByRole('button', { name: 'Delete webhook' }).click()
  await page.getByRole('link', { name: 'Night desk' }).click()
  await page.getByRole('heading', { name: 'Night desk' }).waitFor()
})

test('what failed is sent again: all of it by one button, a range part by part, which stops where one asks and goes on from there', async () => {
  const webhookId = page.url().split('/').at(-1)
  const { system } = portal.server.database
  // Once it is written down that it was delivered.
  const fail = () =>
    expect
      .poll(() =>
        system.rows(sql`
          update webhook_delivery set state = 'failed', created_at = statement_timestamp()
           where id = ${delivered()} and state = 'delivered'
          returning 1 as one`),
      )
      .toHaveLength(1)
  const delivered = () => String(hook.received.filter(({ path }) => path === '/desk').at(-1)?.headers['webhook-id'])
  const times = () => hook.received.filter(({ headers }) => headers['webhook-id'] === delivered()).length
  const once = times()
  await fail()
  await page.reload()
  await page.getByRole('button', { name: 'Send all failed again' }).click()
  await page.getByText('It is sent again.').waitFor()
  await hook.got('what had failed', () => times() === once + 1)
  await page.getByRole('button', { name: 'Send all failed again' }).waitFor({ state: 'detached' })

  // A part more than one request takes: of nobody that is covered, so that it is withheld rather than sent, all but the last of them.
  await system.rows(sql`
    insert into webhook_delivery (id, webhook_id, organization_id, needs, kind, lane, place, ordinal, body, accepted_at, state, settled_at)
    select 'planted ' || n, ${webhookId}, 'nobody', 'alarms', 'alarm.cleared', 'device ' || n, 0, n, '{}', statement_timestamp(), 'failed',
           statement_timestamp()
      from generate_series(1, 1000) n`)
  await fail()
  const status = dialog().getByRole('status')
  await page.getByRole('button', { name: 'Send again…' }).click()
  await focused(dialog().getByLabel('Deliveries that are'))
  await expectNoBarriers(page)
  const from = await dialog().getByLabel('Made from').inputValue()
  await dialog().getByLabel('Made before').fill(from)
  await dialog().getByLabel('Made from').fill('')
  await dialog().getByRole('button', { name: 'Send again' }).click()
  await dialog().getByText('Give day and time.').waitFor()
  await focused(dialog().getByLabel('Made from'))
  await dialog().getByLabel('Made from').fill(from)
  await dialog().getByText('It has to be later than the beginning.').waitFor()
  await dialog().getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Send again…' }).click()
  const held = Promise.withResolvers<void>()
  await page.route('**/deliveries', async (route) => {
    if (route.request().method() === 'POST') await held.promise
    await route.continue()
  })
  await dialog().getByRole('button', { name: 'Send again' }).click()
  await status.getByText('Sent again so far: 0.').waitFor()
  await focused(dialog().getByRole('button', { name: 'Stop' }))
  // Closing stops it as well, and leaves what was done to be read.
  await page.keyboard.press('Escape')
  held.resolve()
  await status.getByText('It has stopped. Sent again so far: 1,000.').waitFor()
  expect(times()).toBe(once + 1)
  await expectNoBarriers(page)
  await dialog().getByRole('button', { name: 'Go on' }).click()
  await status.getByText('All of them are sent again: 1,001.').waitFor()
  await hook.got('the last of them', () => times() === once + 2)
  await focused(dialog().getByRole('button', { name: 'Close' }).last())
  await page.keyboard.press('Enter')
  await dialog().waitFor({ state: 'detached' })
  await page.unroute('**/deliveries')
})

test('a webhook is disabled and deleted, each after a question that says what it does', async () => {
  await page.getByRole('button', { name: 'Disable' }).click()
  await dialog().getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('button', { name: 'Enable' }).waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await dialog().getByText('what waits is thrown away', { exact: false }).waitFor()
  await dialog().getByRole('button', { name: 'Delete webhook' }).click()
  await page.getByText('No webhooks yet').waitFor()
  await expectNoBarriers(page)
})
