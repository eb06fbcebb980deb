import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Axe {
  run(of: Document, options: object): Promise<Awaited<ReturnType<AxeBuilder['analyze']>>>
}

/**
 * What axe finds on a page as it is shown now: by all rules that it has on, or by those of `tags`. It stays in a page, where bringing it takes five
 * times as long as a search, and tells barriers alone. It is run in its former way: the other one opens a window of its own for each look, in twice
 * the time, for the sake of frames of other sites, which nothing here has.
 */
export async function barriers(page: Page, tags?: string[]): Promise<string[]> {
  const options = { resultTypes: ['violations' as const], ...(tags && { runOnly: tags }) }
  const isThere = page.frames().length === 1 && (await page.evaluate(() => 'axe' in window))
  const { violations } = isThere
    ? await page.evaluate((given) => (window as unknown as { axe: Axe }).axe.run(document, given), options)
    : await new AxeBuilder({ page }).setLegacyMode(true).options(options).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

const looks = [
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
  { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
] as const

/**
 * Checks the page as it is shown now: nothing that axe finds, in the dark on a phone and in the light on a desk, and it fits both. What
 * stands on one of them only is searched in both schemes too, by looks.test.ts, for each page and dialog that it opens.
 */
export async function expectNoBarriers(page: Page): Promise<void> {
  for (const { viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), colorScheme).toBeLessThanOrEqual(
      0,
    )
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(colorScheme)
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
    expect(await barriers(page), colorScheme).toEqual([])
  }
}
