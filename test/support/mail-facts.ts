const company = 'Kestrel Power Systems'
const by = 'Robin Example (robin.example@kestrel.example)'
const at = '2026-11-24T18:40:00.000Z'

/** Facts of each message, as long as they may well be: what the pictures of the mails show. */
export const mailFacts: Record<string, object> = {
  'key-generated': { company, name: 'Monitoring, all customers', by, at },
  'key-deleted': { company, name: 'Monitoring, all customers', by, at },
  'key-disabled': { company, name: 'Monitoring, all customers', by: 'a program with an access token', at },
  'key-enabled': { company, name: 'Monitoring, all customers', by, at },
  'key-narrowed': { company, name: 'Monitoring, all customers', by, at },
  'key-rotated': { company, name: 'Monitoring, all customers', by, at },
  'key-expires': { company, id: 'x0QmPZ4tYb7c', name: 'Monitoring, all customers', expiresAt: at, days: 7 },
  'key-reported': { company, name: 'Monitoring, all customers', prefix: 'ak_live_x0QmPZ4tYb7c', at, lastUsedAt: at },
  'gateway-added': { company, name: 'Basel, server room 2', by, at },
  'gateway-removed': { company, name: 'Basel, server room 2', by, at },
  'gateway-token-replaced': { company, name: 'Basel, server room 2', by, at },
  'access-token-created': { company, name: 'Nightly inventory', by, at },
  'access-token-deleted': { company, name: 'An unusually-long-name-without-any-place-to-break-it-of-72-characters-xx', by, at },
  'coverage-changed': {
    changes: [
      { organizationName: 'North Bakery', covered: false, reason: 'subscription_ended', at },
      { organizationName: 'South Bakery', covered: true, reason: 'resumed', at },
    ],
  },
  'webhook-created': { company, name: 'Night desk', by, at },
  'webhook-failing': {
    name: 'Night desk',
    url: 'https://desk.kestrel.example/hooks/assent/alarms',
    failingSince: at,
    disabledAt: at,
  },
  'webhook-disabled': { name: 'Night desk', url: 'https://desk.kestrel.example/hooks/assent/alarms', reason: 'gone' },
  'company-closed': { company, by, at, days: 30 },
  'customer-invitation': {
    organizationName: 'North Bakery and Confectionery, Basel',
    partner: { name: company, contactEmail: 'service@kestrel.example', contactPhone: '+41 61 555 01 02' },
    expiresAt: at,
  },
  'customer-joined': { organizationName: 'North Bakery' },
  'consent-requested': { partner: company, by, contactEmail: 'service@kestrel.example' },
  'partner-connected': { customerName: 'North Bakery' },
  'partner-removed': { customerName: 'North Bakery' },
  'administrator-access-granted': { customerName: 'North Bakery' },
  'administrator-access-ended': { customerName: 'North Bakery' },
  invitation: { company, inviter: 'Robin Example', email: 'charlie.example@kestrel.example', until: at },
  'invitation-approval': { company, inviter: 'Robin Example', email: 'charlie.example@kestrel.example', until: at },
  'member-joined': { company, name: 'Charlie Example', email: 'charlie.example@kestrel.example', role: 'viewer' },
  'member-removed': { company, by: 'Robin Example' },
  'role-changed': { company, by: 'Robin Example', role: 'administrator' },
  'verify-address': {},
  'account-exists': {},
  'reset-password': {},
  'confirm-new-address': {},
  'address-changed': { newAddress: 'robin.example-of-the-night-shift@kestrel.example' },
  'two-factor-reset': { by: 'Robin Example' },
  'single-sign-on-changed': { company, name: 'https://login.kestrel.example/realms/staff', by, at },
  'single-sign-on-removed': { company, name: 'https://login.kestrel.example/realms/staff', by, at },
  'sessions-ended': { by: 'Robin Example' },
  ...Object.fromEntries(
    [
      'new-sign-in-place',
      'password-changed',
      'two-factor-on',
      'two-factor-off',
      'recovery-codes-renewed',
      'passkey-added',
      'passkey-removed',
    ].map((name) => [
      name,
      {
        at,
        agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        address: '2001:db8:85a3::8a2e:370:7334',
      },
    ]),
  ),
}
