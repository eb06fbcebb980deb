/** A setting of the server: its environment variable, the flag of the same name, its default, a line of help. A flag goes first. */
export interface Setting {
  variable: string
  flag: string
  default?: string
  secret?: boolean
  help: string
}

export const settings: readonly Setting[] = [
  { variable: 'ASSENT_PORT', flag: 'port', default: '4700', help: 'Port of the portal and the APIs' },
  { variable: 'ASSENT_HOST', flag: 'host', default: '127.0.0.1', help: 'Address to listen on' },
  { variable: 'ASSENT_URL', flag: 'url', help: 'Base of every link, as people reach it (default: http://localhost:PORT)' },
  { variable: 'ASSENT_DATA', flag: 'data', default: './data', help: 'Data directory' },
  {
    variable: 'DATABASE_URL',
    flag: 'database-url',
    secret: true,
    help: 'A PostgreSQL (15 or later) in place of the embedded database',
  },
  {
    variable: 'ASSENT_SECRET',
    flag: 'secret',
    secret: true,
    help: "The server's secret, 32 characters or more (required with DATABASE_URL)",
  },
  {
    variable: 'ASSENT_FORMER_SECRET',
    flag: 'former-secret',
    secret: true,
    help: 'The secret before this one, while keys hashed under it are about',
  },
  {
    variable: 'ASSENT_TRUSTED_PROXIES',
    flag: 'trusted-proxies',
    default: '',
    help: 'Proxies whose X-Forwarded-For counts: addresses or networks, with commas',
  },
  {
    variable: 'ASSENT_INSIDE_ADDRESSES',
    flag: 'inside-addresses',
    default: '',
    help: 'What webhooks and sign-in providers may reach inside: networks or names, with commas',
  },
  { variable: 'ASSENT_METRICS_PORT', flag: 'metrics-port', default: '0', help: 'Port of /metrics on the same host (0: off)' },
  {
    variable: 'ASSENT_RATE_LIMIT_FACTOR',
    flag: 'rate-limit-factor',
    default: '1',
    help: 'Every limit of requests a minute, times this',
  },
  {
    variable: 'ASSENT_MEASUREMENT_HOURS',
    flag: 'measurement-hours',
    default: '72',
    help: 'Hours for which measurements are kept to be replayed, 72 or more',
  },
  {
    variable: 'ASSENT_WEBHOOK_WAITING_MAX',
    flag: 'webhook-waiting-max',
    default: '100000',
    help: 'Events that may wait for one webhook: past it, it is disabled',
  },
  { variable: 'ASSENT_PORTAL_NAME', flag: 'portal-name', default: 'Exchange', help: "The portal's name, as its texts say it" },
  {
    variable: 'ASSENT_CONTACT',
    flag: 'contact',
    help: 'Whom customers ask for subscriptions: an email address, or a page as https://…',
  },
  {
    variable: 'ASSENT_SMTP_URL',
    flag: 'smtp-url',
    secret: true,
    help: 'The server that takes mails: smtps://user:password@host (without one, mails are kept in the portal)',
  },
  {
    variable: 'ASSENT_MAIL_FROM',
    flag: 'mail-from',
    help: 'The address that mails come from, such as "Exchange <no-reply@example.com>"',
  },
  { variable: 'ASSENT_LOG_LEVEL', flag: 'log-level', default: 'info', help: 'fatal, error, warn, info, debug, trace or silent' },
]
