import { expect, test } from 'vitest'
import { agentInWords, agentOf } from './user-agent.ts'

const named = (userAgent: string | undefined) => agentInWords(agentOf(userAgent))

test('a browser is named for people, and the same over its versions', () => {
  const chrome = (version: number) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`
  expect(named(chrome(150))).toBe('Chrome on Windows')
  expect(named(chrome(151))).toBe(named(chrome(150)))
  expect(named(`${chrome(150)} Edg/150.0.0.0`)).toBe('Edge on Windows')
  expect(named('Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0')).toBe('Firefox on Linux')
  expect(named('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E Safari/604')).toBe(
    'Safari on iOS',
  )
  expect(named('curl/8.5.0')).toBe('A program')
  expect(named(undefined)).toBe('A program')
})
