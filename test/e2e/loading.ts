import type { Page } from 'playwright-core'

export interface Loading {
  /** From asking for the page until it shows what it is asked for. */
  shownMs: number
  /** The longest task meanwhile: for so long the page answers nobody. */
  taskMs: number
}

/**
 * How long a page takes to load: the best of some tries, since others work on the machine too. `settled`: what comes when the page can be used
 * already, and may block it no longer than what came before.
 */
export async function loading(
  page: Page,
  path: string,
  shown: (page: Page) => Promise<unknown>,
  settled: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Loading> {
  await page.addInitScript(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    })
    Object.assign(window, { tasks })
  })
  const tries: Loading[] = []
  for (let n = 0; n < 5; n += 1) {
    const startedAt = performance.now()
    await page.goto(path)
    await shown(page)
    const shownMs = performance.now() - startedAt
    await settled(page)
    const taskMs = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return Math.max(0, ...(window as unknown as { tasks: number[] }).tasks)
    })
    tries.push({ shownMs, taskMs })
  }
  return { shownMs: Math.min(...tries.map((one) => one.shownMs)), taskMs: Math.min(...tries.map((one) => one.taskMs)) }
}
