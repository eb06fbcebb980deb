import { describe, expect, test } from 'vitest'
import { endWithin, startProcess } from './support/own-process.ts'
import { address, refusalOf, refusalOfProgram, secret } from './support/refusal.ts'

describe('a setting that cannot be used is refused with what to give', () => {
  const settings: [string, string[], Record<string, string>, RegExp][] = [
    ['an unknown flag', ['--prot', '4701'], {}, /'--prot'.*--help/],
    ['a flag without its value', ['--port'], {}, /--port.*--help/],
    ['a word too many', ['4701'], {}, /4701.*--help/],
    ['a port that is no number', ['--port', '47oo'], {}, /ASSENT_PORT is "47oo".*0 to 65535/],
    ['a port that is too high', [], { ASSENT_PORT: '70000' }, /ASSENT_PORT is "70000".*0 to 65535/],
    ['a host that is none', [], { ASSENT_HOST: 'not a host' }, /ASSENT_HOST is "not a host".*127\.0\.0\.1/],
    ['an address with a path', ['--url', 'https://portal.example.com/assent'], {}, /ASSENT_URL is .*without path/],
    ['an address of another scheme', [], { ASSENT_URL: 'ftp://portal.example.com' }, /ASSENT_URL is .*https:\/\/portal/],
    [
      'a database of another kind',
      [],
      { DATABASE_URL: `mysql://assent:${secret}@db/assent` },
      /DATABASE_URL is not .*postgresql:\/\//,
    ],
    ['a database without the secret', [], { DATABASE_URL: address }, /ASSENT_SECRET is missing.*openssl rand/],
    ['a secret that is too short', [], { ASSENT_SECRET: 'short' }, /ASSENT_SECRET has 5 characters.*32/],
    ['a former secret that is too short', [], { ASSENT_FORMER_SECRET: 'short' }, /ASSENT_FORMER_SECRET has 5 characters.*32/],
    [
      'a proxy that is no address',
      [],
      { ASSENT_TRUSTED_PROXIES: '10.0.0.5, proxy' },
      /ASSENT_TRUSTED_PROXIES names "proxy".*192\.0\.2\.0\/24/,
    ],
    [
      'a network that is too wide',
      [],
      { ASSENT_TRUSTED_PROXIES: '10.0.0.0/33' },
      /ASSENT_TRUSTED_PROXIES names "10\.0\.0\.0\/33"/,
    ],
    [
      'a database on a port that is none',
      [],
      { DATABASE_URL: `postgresql://assent:${secret}@db:70000/assent`, ASSENT_SECRET: secret },
      /DATABASE_URL cannot be read .*1 to 65535/,
    ],
    [
      'a certificate that is not there',
      [],
      { DATABASE_URL: `${address}?sslrootcert=/nope`, ASSENT_SECRET: secret },
      /DATABASE_URL names .*\/nope.*sslrootcert/,
    ],
    ['a factor of limits that is none', [], { ASSENT_RATE_LIMIT_FACTOR: '-1' }, /ASSENT_RATE_LIMIT_FACTOR is "-1".*0\.1 to/],
    ['hours that are too few', [], { ASSENT_MEASUREMENT_HOURS: '24' }, /ASSENT_MEASUREMENT_HOURS is "24".*72 to 9999/],
    ['a port of metrics that is none', [], { ASSENT_METRICS_PORT: 'x' }, /ASSENT_METRICS_PORT is "x".*0 to 65535/],
    ['a name that is too long', [], { ASSENT_PORTAL_NAME: 'x'.repeat(51) }, /ASSENT_PORTAL_NAME .*1 to 50/],
    ['a contact that is none', [], { ASSENT_CONTACT: 'our sales' }, /ASSENT_CONTACT is "our sales".*sales@example\.com/],
    [
      'a mail server of another kind',
      [],
      { ASSENT_SMTP_URL: `http://user:${secret}@mail.example.com` },
      /ASSENT_SMTP_URL is not .*smtps:\/\//,
    ],
    [
      'an address of mails that is none',
      [],
      { ASSENT_MAIL_FROM: 'nobody' },
      /ASSENT_MAIL_FROM is "nobody".*no-reply@example\.com/,
    ],
    ['too few that may wait for a webhook', ['--webhook-waiting-max', '99'], {}, /ASSENT_WEBHOOK_WAITING_MAX is "99".*100 to/],
    ['a level of logs that is none', [], { ASSENT_LOG_LEVEL: 'loud' }, /ASSENT_LOG_LEVEL is "loud".*trace/],
  ]
  test.concurrent.for(settings)('%s', async ([, flags, env, expected], { expect }) => {
    expect(await refusalOf(flags, env)).toMatch(expected)
  })

  test('by the program too, which ends', async () => {
    const env = { DATABASE_URL: `mysql://assent:${secret}@db/assent` }
    expect(await refusalOfProgram([], env)).toMatch(/DATABASE_URL is not .*postgresql:\/\//)
  })

  test('--help prints each setting, and ends well', async () => {
    const running = startProcess(['src/main.ts', '--help'])
    expect(await endWithin(running)).toBe(0)
    for (const name of ['--port', 'ASSENT_PORT', 'DATABASE_URL', 'ASSENT_SECRET', '--empty', '--restore'])
      expect(running.stdout()).toContain(name)
  })
})
