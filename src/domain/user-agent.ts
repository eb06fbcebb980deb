/** In order: several browsers name others that they are like, and the first that is found is what it is. */
const browsers: readonly [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/(iPhone|iPad|iPod)/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/(Macintosh|Mac OS X)/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** What a User-Agent header names, of what is known by name; it stays the same over versions. */
export interface Agent {
  browser: string | null
  system: string | null
}

export function agentOf(userAgent: string | null | undefined): Agent {
  const named = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null
  return { browser: named(browsers), system: named(systems) }
}

/** What it is called for people: "Firefox on Linux". */
export function agentInWords({ browser, system }: Agent): string {
  if (browser === null) return system === null ? 'A program' : `A program on ${system}`
  return system === null ? browser : `${browser} on ${system}`
}
