import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Inside, insideOf, isHostName, isNetwork, listOf } from './address-settings.ts'
import { whyNoDatabase } from './database-settings.ts'
import { type Mailbox, mailboxOf, type SmtpServer, smtpServerOf } from './mail-settings.ts'
import { type Setting, settings } from './settings.ts'

/** Everything that can be set, checked. Made once, at start, by readConfig. */
export interface Config {
  port: number
  host: string
  /** The base of every link, without a slash at its end. */
  url: string
  /** Where the embedded database, made secrets and world.json live: absolute. */
  dataDir: string
  /** A PostgreSQL's address; undefined: the embedded database. */
  databaseUrl: string | undefined
  /** The server's secret, and the former one while old hashes are about; undefined: made once in the data directory. */
  secret: string | undefined
  formerSecret: string | undefined
  /** Addresses and networks of proxies whose forwarding headers count; empty: those headers are ignored. */
  trustedProxies: string[]
  /** What this server may ask although it is not of the public internet; empty: nothing. */
  inside: Inside
  /** Where /metrics is served, apart from everything else; 0: nowhere. */
  metricsPort: number
  /** Multiplies every limit of requests a minute. */
  rateLimitFactor: number
  /** How long measurements are kept. */
  measurementHours: number
  /** Deliveries that may wait for one webhook. */
  webhookWaitingMax: number
  portalName: string
  /** Whom customers ask for subscriptions: an email address, or the address of a page; undefined: they are told of licence keys alone. */
  contact: string | undefined
  /** Where mails are sent, and from whom; undefined: they are kept, and the vendor reads them in the portal. */
  mail: { server: SmtpServer; from: Mailbox } | undefined
  logLevel: string
  /** Leave the world to try out of an empty database. */
  empty: boolean
  /** Restore this archive into the empty database, and end. */
  restore: string | undefined
}

/** A setting that cannot be used: the message says which, what it was (never a secret's value) and what to give. */
export class ConfigError extends Error {}

/** The help text of the server: one line for each flag and variable. */
export function helpText(): string {
  const lines = settings.map((one) => {
    const name = `--${one.flag} …, ${one.variable}`
    return `  ${name.padEnd(46)} ${one.help}${one.default ? ` (default: ${one.default})` : ''}`
  })
  return [
    'Usage: npm start -- [flags]',
    '',
    'Flags and environment variables (a flag goes first):',
    ...lines,
    `  ${'--empty'.padEnd(46)} Leave the world to try out of an empty database`,
    `  ${'--restore FILE'.padEnd(46)} Restore a backup into an empty database, and end`,
    `  ${'--help'.padEnd(46)} This text`,
  ].join('\n')
}

/** Reads flags and environment. Throws ConfigError. Returns null where --help was asked for. */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Config | null {
  const flags = flagsOf(args)
  if (flags.help === true) return null
  const text = (variable: string): string | undefined => {
    const setting = settings.find((one) => one.variable === variable) as Setting
    const given = flags[setting.flag] ?? env[variable]
    return given === undefined || given === '' ? setting.default : String(given)
  }
  const port = portOf('ASSENT_PORT', text('ASSENT_PORT'))
  const databaseUrl = databaseUrlOf(text('DATABASE_URL'))
  return {
    port,
    host: hostOf(text('ASSENT_HOST') ?? ''),
    url: urlOf(text('ASSENT_URL') ?? `http://localhost:${port}`),
    dataDir: resolve(text('ASSENT_DATA') ?? ''),
    databaseUrl,
    secret: secretOf('ASSENT_SECRET', text('ASSENT_SECRET'), databaseUrl !== undefined),
    formerSecret: secretOf('ASSENT_FORMER_SECRET', text('ASSENT_FORMER_SECRET'), false),
    trustedProxies: proxiesOf(text('ASSENT_TRUSTED_PROXIES') ?? ''),
    inside: insideListOf(text('ASSENT_INSIDE_ADDRESSES') ?? ''),
    metricsPort: portOf('ASSENT_METRICS_PORT', text('ASSENT_METRICS_PORT')),
    rateLimitFactor: factorOf(text('ASSENT_RATE_LIMIT_FACTOR') ?? ''),
    measurementHours: measurementHoursOf(text('ASSENT_MEASUREMENT_HOURS') ?? ''),
    webhookWaitingMax: webhookWaitingMaxOf(text('ASSENT_WEBHOOK_WAITING_MAX') ?? ''),
    portalName: portalNameOf(text('ASSENT_PORTAL_NAME') ?? ''),
    contact: contactOf(text('ASSENT_CONTACT')),
    mail: mailOf(text('ASSENT_SMTP_URL'), text('ASSENT_MAIL_FROM')),
    logLevel: logLevelOf(text('ASSENT_LOG_LEVEL') ?? ''),
    empty: flags.empty === true,
    restore: typeof flags.restore === 'string' ? resolve(flags.restore) : undefined,
  }
}

/** Where the command line finds the server and its token: the same variables as the server's. */
export function commandLineEnvironment(env: NodeJS.ProcessEnv = process.env) {
  return { token: env.ASSENT_TOKEN, url: env.ASSENT_URL, dataDir: resolve(env.ASSENT_DATA || join('.', 'data')) }
}

function flagsOf(args: readonly string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(settings.map((one) => [one.flag, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, empty: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, restore: { type: 'string' } },
    })
    return values
  } catch (error) {
    // The parser's first sentence names the flag; its others are advice for flags that look like values.
    const said = (error as Error).message.split(/\.\s/)[0]
    throw new ConfigError(`${said}. \`npm start -- --help\` lists the flags.`)
  }
}

function portOf(name: string, text: string | undefined): number {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new ConfigError(`${name} is "${text}". Give a port: a whole number from 0 to 65535.`)
  return port
}

function factorOf(text: string): number {
  const factor = /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  if (!(factor >= 0.1 && factor <= 1_000_000)) {
    throw new ConfigError(
      `ASSENT_RATE_LIMIT_FACTOR is "${text}". Give a number from 0.1 to 1000000, such as 2 for twice the limits.`,
    )
  }
  return factor
}

function measurementHoursOf(text: string): number {
  const hours = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (!(hours >= 72))
    throw new ConfigError(`ASSENT_MEASUREMENT_HOURS is "${text}". Give hours from 72 to 9999, such as 168 for a week.`)
  return hours
}

function webhookWaitingMaxOf(text: string): number {
  const waiting = /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN
  if (!(waiting >= 100 && waiting <= 10_000_000)) {
    throw new ConfigError(`ASSENT_WEBHOOK_WAITING_MAX is "${text}". Give a whole number from 100 to 10000000, such as 100000.`)
  }
  return waiting
}

function hostOf(text: string): string {
  if (isIP(text) === 0 && !/^[A-Za-z0-9.-]+$/.test(text)) {
    throw new ConfigError(`ASSENT_HOST is "${text}". Give an address to listen on, such as 127.0.0.1 or 0.0.0.0.`)
  }
  return text
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url && url.search === '' && url.hash === '' && url.username === '' && url.pathname === '/'
  if (!url || !plain || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConfigError(
      `ASSENT_URL is "${text}". Give the address that people open, such as https://portal.example.com, without path, query or name and password.`,
    )
  }
  return url.origin
}

function databaseUrlOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const why = whyNoDatabase(text)
  if (why !== null) throw new ConfigError(why)
  return text
}

function secretOf(name: string, text: string | undefined, required: boolean): string | undefined {
  if (text === undefined) {
    if (!required) return undefined
    throw new ConfigError(
      `${name} is missing. With DATABASE_URL it must be set: 32 random characters or more, for example from \`openssl rand -hex 32\`.`,
    )
  }
  if (text.length < 32)
    throw new ConfigError(
      `${name} has ${text.length} characters. Give 32 random ones or more, for example from \`openssl rand -hex 32\`.`,
    )
  return text
}

function proxiesOf(text: string): string[] {
  const proxies = listOf(text)
  for (const proxy of proxies) {
    if (!isNetwork(proxy)) {
      throw new ConfigError(
        `ASSENT_TRUSTED_PROXIES names "${proxy}". Give addresses or networks with commas, such as 10.0.0.5, 192.0.2.0/24.`,
      )
    }
  }
  return proxies
}

function insideListOf(text: string): Inside {
  const names = listOf(text)
  const odd = names.find((one) => !isNetwork(one) && !isHostName(one))
  if (odd !== undefined) {
    throw new ConfigError(
      `ASSENT_INSIDE_ADDRESSES names "${odd}". Give networks, addresses or names of hosts with commas, such as 10.0.5.0/24, hooks.internal.`,
    )
  }
  return insideOf(names)
}

function portalNameOf(text: string): string {
  if (text.trim() === '' || text.length > 50) throw new ConfigError('ASSENT_PORTAL_NAME must have 1 to 50 characters.')
  return text.trim()
}

function contactOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const mailbox = mailboxOf(text)
  const isPage = URL.canParse(text) && new URL(text).protocol === 'https:'
  if (!isPage && (mailbox === null || mailbox.name !== undefined)) {
    throw new ConfigError(
      `ASSENT_CONTACT is "${text}". Give an email address, such as sales@example.com, or a page, such as https://example.com/contact.`,
    )
  }
  return isPage ? text : mailbox?.address
}

function mailOf(url: string | undefined, from: string | undefined): Config['mail'] {
  if (from !== undefined && mailboxOf(from) === null) {
    throw new ConfigError(
      `ASSENT_MAIL_FROM is "${from}". Give an address, such as no-reply@example.com or Exchange <no-reply@example.com>.`,
    )
  }
  if (url === undefined) return undefined
  const server = smtpServerOf(url)
  if (server === null) {
    throw new ConfigError(
      'ASSENT_SMTP_URL is not an address of a mail server. Give one such as smtps://user:password@mail.example.com, with special ' +
        'characters of user and password percent-encoded; smtp:// is for STARTTLS, which ?tls=optional makes optional.',
    )
  }
  const mailbox = mailboxOf(from ?? '')
  if (mailbox === null) {
    throw new ConfigError(
      'ASSENT_MAIL_FROM is missing. With ASSENT_SMTP_URL give the address that mails come from, such as no-reply@example.com.',
    )
  }
  return { server, from: mailbox }
}

function logLevelOf(text: string): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
  if (!levels.includes(text)) throw new ConfigError(`ASSENT_LOG_LEVEL is "${text}". Give one of ${levels.join(', ')}.`)
  return text
}
