import { describe, expect, test } from 'vitest'
import { ConfigError, helpText, readConfig } from './config.ts'
import { settings } from './settings.ts'

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
    [[], { ASSENT_INSIDE_ADDRESSES: '10.0.5.0/24, 0x7f.1' }, 'names "0x7f.1"'],
    [[], { ASSENT_LOG_LEVEL: 'loud' }, 'Give one of fatal'],
    [[], { ASSENT_PORTAL_NAME: ' ' }, '1 to 50 characters'],
    [[], { DATABASE_URL: 'mysql://x', ASSENT_SECRET: secret }, 'postgresql://'],
    [[], { DATABASE_URL: 'postgres://db/assent' }, 'ASSENT_SECRET is missing'],
    [[], { DATABASE_URL: 'postgresql://u:p@db:70000/assent', ASSENT_SECRET: secret }, 'a port from 1 to 65535'],
    [[], { DATABASE_URL: 'postgresql://u:p@db/assent?port=70000', ASSENT_SECRET: secret }, 'a port from 1 to 65535'],
    [[], { DATABASE_URL: 'postgresql://u:p/q@db/assent', ASSENT_SECRET: secret }, 'password percent-encoded'],
    [
      [],
      { DATABASE_URL: 'postgresql://db/assent?sslrootcert=/nope', ASSENT_SECRET: secret },
      "open '/nope'). Correct its sslrootcert",
    ],
    [[], { DATABASE_URL: `postgresql://db/assent?sslrootcert=${import.meta.filename}`, ASSENT_SECRET: secret }, 'Give PEM files'],
    [[], { ASSENT_RATE_LIMIT_FACTOR: '0' }, 'ASSENT_RATE_LIMIT_FACTOR is "0". Give a number from 0.1'],
    [[], { ASSENT_RATE_LIMIT_FACTOR: 'twice' }, 'such as 2 for twice the limits'],
    [[], { ASSENT_MEASUREMENT_HOURS: '71' }, 'ASSENT_MEASUREMENT_HOURS is "71". Give hours from 72'],
    [[], { ASSENT_METRICS_PORT: '70000' }, 'ASSENT_METRICS_PORT is "70000". Give a port'],
    [[], { ASSENT_SECRET: 'short' }, 'has 5 characters'],
    [[], { ASSENT_SMTP_URL: 'mail.example.com', ASSENT_MAIL_FROM: 'a@example.com' }, 'ASSENT_SMTP_URL is not an address'],
    [
      [],
      { ASSENT_SMTP_URL: 'smtps://mail.example.com?tls=optional', ASSENT_MAIL_FROM: 'a@example.com' },
      'smtp:// is for STARTTLS',
    ],
    [[], { ASSENT_SMTP_URL: 'smtps://mail.example.com' }, 'ASSENT_MAIL_FROM is missing'],
    [[], { ASSENT_MAIL_FROM: 'Exchange' }, 'ASSENT_MAIL_FROM is "Exchange". Give an address'],
    [[], { ASSENT_MAIL_FROM: 'Exchange\nBcc: x <a@example.com>' }, 'Give an address'],
  ] as [string[], Record<string, string>, string][])('refuse %j %j with what to do', (args, env, said) => {
    expect(refusal(args, env)).toContain(said)
  })

  test('never repeat a secret in a refusal', () => {
    expect(refusal([], { ASSENT_SECRET: 'hunter2' })).not.toContain('hunter2')
    for (const url of ['mysql://user:hunter2@db', 'postgres://user:hunter2@db:x/y', 'postgres://user:hunter2@db/y?sslkey=/nope'])
      expect(refusal([], { DATABASE_URL: url })).not.toContain('hunter2')
    for (const url of [
      'smtp://user:hunter2@host/path',
      'smtp://user:hunter2%zz@host',
      'smtps://user:hunter2@host?tls=none',
      'hunter2',
    ])
      expect(refusal([], { ASSENT_SMTP_URL: url, ASSENT_MAIL_FROM: 'a@example.com' })).not.toContain('hunter2')
  })
})

test.each([
  'postgresql://postgres@/assent?host=/run/postgresql',
  'postgresql:///assent?host=/run/postgresql&port=5433',
  'postgres://user:a%2Fb@[::1]:5433/assent?sslmode=require&options=-c%20work_mem%3D8MB',
])('a PostgreSQL may be named as %s', (databaseUrl) => {
  expect(readConfig([], { DATABASE_URL: databaseUrl, ASSENT_SECRET: secret })).toMatchObject({ databaseUrl })
})

test('what may be asked inside is networks, addresses and names of hosts', () => {
  expect(readConfig([], {})?.inside).toEqual({ networks: [], hosts: [] })
  const inside = readConfig(['--inside-addresses', '10.0.5.0/24, ::1, Hooks.Internal,127.0.0.1'], {})?.inside
  expect(inside).toEqual({ networks: ['10.0.5.0/24', '::1', '127.0.0.1'], hosts: ['hooks.internal'] })
})

describe('the mail server', () => {
  const mail = (url: string, from = 'no-reply@example.com') => readConfig(['--mail-from', from], { ASSENT_SMTP_URL: url })?.mail

  test('is asked with TLS from the start, or with STARTTLS that it must have, unless it is on this machine or its address says otherwise', () => {
    expect(mail('smtps://mail.example.com')?.server).toEqual({
      host: 'mail.example.com',
      port: 465,
      tls: 'implicit',
      signIn: undefined,
    })
    expect(mail('smtp://mail.example.com')?.server).toMatchObject({ port: 587, tls: 'required' })
    expect(mail('smtp://mail.example.com:25?tls=optional')?.server).toMatchObject({ port: 25, tls: 'optional' })
    expect(mail('smtp://127.0.0.1.example.com')?.server).toMatchObject({ tls: 'required' })
    for (const own of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      expect(mail(`smtp://${own}:2525`)?.server.tls).toBe('optional')
  })

  test('is given a user and a password with any characters, percent-encoded', () => {
    const signIn = { user: 'robin@example.com', password: 'a:b/c@d?#%' }
    const account = `${encodeURIComponent(signIn.user)}:${encodeURIComponent(signIn.password)}`
    expect(mail(`smtps://${account}@mail.example.com/`)?.server).toMatchObject({ host: 'mail.example.com', signIn })
  })

  test('gets mails from an address, with a name or without', () => {
    const from = (text: string) => mail('smtps://mail.example.com', text)?.from
    expect(from('no-reply@example.com')).toEqual({ name: undefined, address: 'no-reply@example.com' })
    expect(from('Exchange <no-reply@example.com>')).toEqual({ name: 'Exchange', address: 'no-reply@example.com' })
    expect(from('"Exchange, Ltd." <no-reply@example.com>')).toEqual({ name: 'Exchange, Ltd.', address: 'no-reply@example.com' })
    expect(mail('', '')).toBeUndefined()
  })
})
