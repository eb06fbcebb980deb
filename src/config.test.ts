import { describe, expect, test } from 'vitest'
import { ConfigError, helpText, readConfig, settings } from './config.ts'

const secret = 'x'.repeat(32)

function refusal(args: string[], env: Record<string, string> = {}): string {
  try {
    readConfig(args, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

describe('settings', () => {
  test('come from flags first, then the environment, then defaults', () => {
    expect(readConfig([], {})).toMatchObject({
      port: 4700,
      host: '127.0.0.1',
      url: 'http://localhost:4700',
      portalName: 'Exchange',
      empty: false,
    })
    expect(readConfig([], { ASSENT_PORT: '4800' })).toMatchObject({ port: 4800, url: 'http://localhost:4800' })
    expect(readConfig(['--port', '4900', '--empty'], { ASSENT_PORT: '4800' })).toMatchObject({ port: 4900, empty: true })
  })

  test('have a flag and a line of help each', () => {
    for (const setting of settings) {
      expect(helpText()).toContain(`--${setting.flag}`)
      expect(helpText()).toContain(setting.variable)
    }
    expect(readConfig(['--help'], {})).toBeNull()
  })

  test.each([
    [['--port', '70000'], {}, 'ASSENT_PORT is "70000". Give a port'],
    [['--port', '-1'], {}, '--port'],
    [['--colour', 'red'], {}, '--colour'],
    [['data'], {}, 'data'],
    [[], { ASSENT_PORT: 'web' }, 'ASSENT_PORT is "web"'],
    [[], { ASSENT_HOST: 'a b' }, 'ASSENT_HOST is "a b"'],
    [[], { ASSENT_URL: 'portal.example.com' }, 'ASSENT_URL is "portal.example.com"'],
    [[], { ASSENT_URL: 'https://example.com/portal' }, 'without path'],
    [[], { ASSENT_TRUSTED_PROXIES: '192.0.2.0/24, proxy' }, 'names "proxy"'],
    [[], { ASSENT_TRUSTED_PROXIES: '192.0.2.0/33' }, 'names "192.0.2.0/33"'],
    [[], { ASSENT_LOG_LEVEL: 'loud' }, 'Give one of fatal'],
    [[], { ASSENT_PORTAL_NAME: ' ' }, '1 to 50 characters'],
    [[], { DATABASE_URL: 'mysql://x', ASSENT_SECRET: secret }, 'postgresql://'],
    [[], { DATABASE_URL: 'postgres://db/assent' }, 'ASSENT_SECRET is missing'],
    [[], { ASSENT_SECRET: 'short' }, 'has 5 characters'],
  ] as [string[], Record<string, string>, string][])('refuse %j %j with what to do', (args, env, said) => {
    expect(refusal(args, env)).toContain(said)
  })

  test('never repeat a secret in a refusal', () => {
    expect(refusal([], { ASSENT_SECRET: 'hunter2' })).not.toContain('hunter2')
    expect(refusal([], { DATABASE_URL: 'mysql://user:hunter2@db' })).not.toContain('hunter2')
  })
})
