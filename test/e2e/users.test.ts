import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../support/accounts.ts'
import { focused, pressed, tabTo } from './keyboard.ts'
import { arrived, asked, invited, joined, mailedPath, password, register, removed } from './people.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
let partner: Page
beforeAll(async () => {
  portal = await openPortal({ flags: ['--portal-name', 'Atlas & Co'], mail: true })
  partner = await portal.signedIn('partner')
})
afterAll(async () => {
  await portal?.close()
})

const dialog = () => partner.getByRole('dialog')
const row = (table: string, name: string) => partner.getByRole('table', { name: table }).getByRole('row', { name })

/** Answers a question so, with the keyboard alone. */
async function answer(button: string): Promise<void> {
  await focused(dialog().getByRole('button', { name: 'Cancel' }))
  await tabTo(partner, dialog().getByRole('button', { name: button }))
  await partner.keyboard.press('Enter')
}

async function showUsers(): Promise<void> {
  await partner.goto('/administration/users')
  await partner.getByRole('table', { name: 'Members' }).waitFor()
}

test('an invitation is sent again, which ends the link before, and revoked, which ends its link', async () => {
  const first = await invited(portal, partner, 'ines@nowhere.example')
  await showUsers()
  expect(await row('Invitations', 'ines@nowhere.example').innerText()).toMatch(/Pending[\s\S]*Viewer/)
  await partner.getByRole('button', { name: 'Send again to ines@nowhere.example' }).press('Enter')
  await partner.getByText('A new link is mailed to ines@nowhere.example.', { exact: false }).waitFor()
  const second = await mailedPath(portal, 'ines@nowhere.example')
  const visitor = await portal.visit()
  await visitor.goto(first)
  await visitor.getByText('This link is not valid').waitFor()
  await visitor.goto(second)
  await visitor.getByLabel('Your name').waitFor()

  await partner.getByRole('button', { name: 'Revoke invitation of ines@nowhere.example' }).press('Enter')
  expect(await dialog().innerText()).toContain('Its link is refused at once.')
  await answer('Revoke invitation')
  await row('Invitations', 'ines@nowhere.example').waitFor({ state: 'detached' })
  await register(visitor, 'Ines Example')
  await visitor.getByText('This invitation was withdrawn.', { exact: false }).waitFor()
})

/** What can be clicked, and lies below the notice. */
const covered = () =>
  partner.evaluate(() => {
    window.scrollTo(0, 0)
    const notice = document.querySelector('[role="alert"]')
    const clicked = [...document.querySelectorAll('button, a')].filter((one) => !notice?.contains(one))
    return clicked
      .filter((one) => {
        const { left, top, width, height } = one.getBoundingClientRect()
        return width > 0 && notice?.contains(document.elementFromPoint(left + width / 2, top + height / 2))
      })
      .map(({ textContent }) => textContent)
  })

test('a notice covers nothing that can be clicked, on a desk or on a phone, and can be closed over a dialog', async () => {
  await invited(portal, partner, 'nora@nowhere.example')
  await showUsers()
  await partner.route('**/invitations/*/link', (route) => route.abort())
  await partner.getByRole('button', { name: 'Send again to nora@nowhere.example' }).click()
  const notice = partner.getByRole('region', { name: 'Notices' }).getByRole('alert')
  await notice.getByText('The server cannot be reached').waitFor()
  const desk = partner.viewportSize() ?? { width: 1280, height: 720 }
  await expect.poll(covered).toEqual([])
  await partner.setViewportSize({ width: 360, height: 740 })
  await partner.getByRole('button', { name: 'Open navigation' }).waitFor()
  await notice.waitFor()
  await expect.poll(covered).toEqual([])
  await partner.setViewportSize(desk)
  await partner.getByRole('button', { name: 'Revoke invitation of nora@nowhere.example' }).click()
  await dialog().waitFor()
  await notice.getByRole('button', { name: 'Close' }).click()
  await notice.waitFor({ state: 'detached' })
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await partner.unroute('**/invitations/*/link')
})

test('an administrator changes a member’s role, and removes a member, who is out at once, with the keyboard alone', async () => {
  const member = await joined(portal, partner, 'vera@nowhere.example', 'Vera Example')
  await member.getByRole('link', { name: 'Users' }).click()
  await member.getByText('Only administrators of your company can change this.').waitFor()
  expect(await member.getByRole('button', { name: /Remove|Change role/ }).count()).toBe(0)

  await showUsers()
  await partner.getByRole('button', { name: 'Change role of Vera Example' }).press('Enter')
  const choice = dialog().getByRole('combobox', { name: 'Role' })
  await focused(choice)
  await partner.keyboard.type('Adm')
  await dialog().getByText('Everything, keys, gateways, consent and users included.').waitFor()
  await tabTo(partner, dialog().getByRole('button', { name: 'Save' }))
  await partner.keyboard.press('Enter')
  await partner.getByText('Vera Example is Administrator now.').waitFor()
  expect((await arrived(portal, 'vera@nowhere.example', 'Your role')).text).toContain('Administrator')
  expect(await row('Members', 'Vera Example').innerText()).toContain('Administrator')
  await member.reload()
  await member.getByRole('button', { name: 'Remove Vera Example' }).waitFor()

  await partner.getByRole('button', { name: 'Remove Vera Example' }).press('Enter')
  expect(await dialog().innerText()).toMatch(/session[\s\S]*access token[\s\S]*API keys[\s\S]*go on/)
  await answer('Remove user')
  await row('Members', 'Vera Example').waitFor({ state: 'detached' })
  await member.getByRole('link', { name: 'API', exact: true }).click()
  await member.getByText('Your session has ended.', { exact: false }).waitFor()
  expect((await arrived(portal, 'vera@nowhere.example', 'You no longer belong')).text).toContain('on Atlas & Co')
})

test('an administrator ends a member’s sessions, and resets the second factor where there is one', async () => {
  const member = await joined(portal, partner, 'lost@nowhere.example', 'Lou Example')
  const lost = async (button: string) => {
    await showUsers()
    await pressed(partner.getByRole('button', { name: 'Sign-in of Lou Example' }))
    await pressed(dialog().getByRole('button', { name: button }))
  }
  await lost('End all sessions')
  await partner.getByText('Every session of Lou Example has ended.').waitFor()
  await member.goto('/administration/api')
  await member.getByLabel('Password').waitFor()
  await signIn(member, { email: 'lost@nowhere.example', password })
  await member.getByRole('heading', { name: 'API', level: 1 }).waitFor()
  await lost('Reset two-factor sign-in')
  await dialog().getByText('Two-factor sign-in is off').waitFor()
  const { body } = await asked<{ secret: string }>(member, 'POST', '/account/two-factor', { password })
  await asked(member, 'PUT', '/account/two-factor', { code: codeOf(body.secret) })
  await lost('Reset two-factor sign-in')
  await partner.getByText('Two-factor sign-in of Lou Example is off.').waitFor()
  await removed(partner, 'lost@nowhere.example')
})

test('the last administrator cannot be removed, and the page says why', async () => {
  await showUsers()
  await partner.getByRole('button', { name: /^Remove/ }).click()
  await dialog().getByRole('button', { name: 'Remove user' }).click()
  await dialog().getByText('A company needs an administrator.', { exact: false }).waitFor()
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await dialog().waitFor({ state: 'detached' })
})

test('where the vendor requires approval, a viewer’s invitation waits for an administrator', async () => {
  const vendor = await portal.signedIn('vendor')
  await pressed(vendor.getByRole('link', { name: 'Settings' }))
  await vendor.getByLabel('Days that an invitation is good').fill('31')
  await pressed(vendor.getByRole('button', { name: 'Save' }))
  await vendor.getByText('Enter a whole number from 1 to 30.').waitFor()
  await vendor.getByLabel('Days that an invitation is good').fill('14')
  await vendor.getByLabel('Invitations need an administrator’s approval').press('Space')
  await pressed(vendor.getByRole('button', { name: 'Save' }))
  await vendor.getByText('The settings are saved.').waitFor()
  await vendor.reload()
  expect(await vendor.getByLabel('Days that an invitation is good').inputValue()).toBe('14')

  const viewer = await joined(portal, partner, 'vito@nowhere.example', 'Vito Example')
  await pressed(viewer.getByRole('button', { name: 'Invite a co-worker' }))
  await viewer.getByLabel('Email address').fill('wait@nowhere.example')
  await pressed(viewer.getByRole('button', { name: 'Send Invite' }))
  await viewer.getByText('Your invitation was sent.', { exact: true }).waitFor()
  await viewer.getByText('Thanks for sharing Atlas & Co with your co-worker.', { exact: true }).waitFor()
  await viewer.getByText('as soon as an administrator of your company has approved it', { exact: false }).waitFor()

  await showUsers()
  expect(await row('Invitations', 'wait@nowhere.example').innerText()).toMatch(/Awaits approval[\s\S]*Vito Example/)
  await pressed(partner.getByRole('button', { name: 'Approve wait@nowhere.example' }))
  await partner.getByText('The invitation is mailed to wait@nowhere.example.').waitFor()
  const page = await portal.visit()
  await page.goto(await mailedPath(portal, 'wait@nowhere.example'))
  await register(page, 'Wim Example')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})
