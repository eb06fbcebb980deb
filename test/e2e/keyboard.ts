import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement)

/** Waits until the focus is there. */
export const focused = (place: Locator) => expect.poll(() => hasFocus(place)).toBe(true)

/** Presses a button or a link that the Tab key reaches, wherever on the page it stands, with the keyboard. */
export async function pressed(place: Locator): Promise<void> {
  await place.waitFor()
  expect(await place.evaluate((element) => (element as HTMLElement).tabIndex)).toBe(0)
  // A dialog takes the focus a moment after it is there: a key before that would be its, and not the button's.
  await expect
    .poll(() => place.evaluate((element) => element.closest('[role=dialog]')?.contains(document.activeElement) ?? true))
    .toBe(true)
  await place.press('Enter')
}

/** Goes on by the Tab key, or back, until the focus is there, a few steps at most. */
export async function tabTo(page: Page, place: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 5; steps += 1) {
    await page.keyboard.press(key)
    if (await hasFocus(place)) return
  }
  await focused(place)
}

/** Opens the account menu and chooses this of it, with the keyboard alone. */
export async function chooseOfMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'account menu' }).press('Enter')
  const item = page.getByRole('menuitem', { name })
  await item.waitFor()
  // The menu takes the focus a moment after it is there: a key before that goes nowhere.
  await expect
    .poll(async () => {
      if (!(await hasFocus(item))) await page.keyboard.press('ArrowDown')
      return hasFocus(item)
    })
    .toBe(true)
  await page.keyboard.press('Enter')
}
