const company = 'Kestrel Power Systems'
const by = 'Robin Example (robin.example@kestrel.example)'
const at = '2026-11-24T18:40:00.000Z'

/** Facts of each message, as long as they may well be: what the pictures of the mails show. */
export const mailFacts: Record<string, object> = {
  'key-generated': { company, name: 'Monitoring, all customers', by, at },
  'key-deleted': { company, name: 'Monitoring, all customers', by, at },
  'key-disabled': { company, name: 'Monitoring, all customers', by: { program: 'access token' }, at },
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
  alarms: {
    alarms: [
      {
        ...{
          organization: 'North Bakery and Confectionery, Basel',
          label: 'Input power lost',
          severity: 'CRITICAL',
          activatedTime: at,
        },
        ...{ message: 'The UPS runs on battery since the input voltage fell below 180 V.', device: 'UPS 2' },
        path: [
          'Basel',
          'Building 1',
          'Server room 2',
          'An unusually-long-name-without-any-place-to-break-it-of-72-characters-xx',
        ],
      },
      {
        label: 'Load high',
        message: 'Load high',
        severity: 'WARNING',
        device: 'PDU 1',
        path: ['Basel'],
        activatedTime: at,
        clearedTime: at,
      },
    ],
    total: 23,
    shared: { memberId: 'a'.repeat(36), organizations: [{ id: 'b'.repeat(36), inventory: true }] },
  },
  'coverage-changed': {
    changes: [
      { organizationName: 'North Bakery', covered: false, reason: 'subscription_ended', at },
      { organizationName: 'South Bakery', covered: true, reason: 'resumed', at },
    ],
  },
  'coverage-digest': {
    changes: [
      { organizationName: 'North Bakery', event: 'consent_withdrawn', at },
      { organizationName: 'South Bakery', event: 'subscription_started', at },
    ],
    more: 3,
  },
  'webhook-created': { company, name: 'Night desk', by, at },
  'webhook-failing': {
    name: 'Night desk',
    url: 'https://desk.kestrel.example',
    failingSince: at,
    disabledAt: at,
  },
  'webhook-disabled': { name: 'Night desk', url: 'https://desk.kestrel.example', reason: 'gone' },
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
  'consent-receipt': {
    side: 'partner',
    event: 'given',
    customer: 'North Bakery and Confectionery, Basel',
    partner: company,
    by: 'Robin Example',
    at,
    kinds: { inventory: true, alarms: true, sensors: true },
    endsAt: at,
    textVersion: '2026-11',
    proof: JSON.stringify({
      id: 'a'.repeat(36),
      event: 'given',
      at,
      head: { seq: 1, digest: '0'.repeat(64), signature: '0'.repeat(128) },
    }),
  },
  'consent-ending': {
    side: 'customer',
    customer: 'North Bakery and Confectionery, Basel',
    partner: company,
    days: 7,
    kinds: { inventory: true, alarms: true, sensors: false },
    endsAt: at,
  },
  'visit-begun': {
    company: 'North Bakery and Confectionery, Basel',
    by: { person: by, of: 'Kestrel Infrastructure' },
    reason: 'Your call of this morning: a partner cannot see your devices. We look at the consent and its limits with you.',
    until: at,
  },
  invitation: { company, inviter: 'Robin Example', email: 'charlie.example@kestrel.example', until: at },
  'invitation-approval': { company, inviter: 'Robin Example', email: 'charlie.example@kestrel.example', until: at },
  'member-joined': {
    ...{ company, name: 'Charlie Example', email: 'charlie.example@kestrel.example', role: 'viewer' },
    by: 'set-up link',
  },
  'member-removed': { company, by: 'Robin Example' },
  'role-changed': { company, by: 'Robin Example', role: 'administrator' },
  'verify-address': {},
  'account-exists': {},
  'reset-password': {},
  'confirm-new-address': {},
  'address-changed': { newAddress: 'robin.example-of-the-night-shift@kestrel.example' },
  'two-factor-reset': { by: 'Robin Example' },
  'two-factor-required': { company },
  'single-sign-on-changed': { company, name: 'https://login.kestrel.example/realms/staff', by, at },
  'single-sign-on-turned-off': {
    ...{ company, name: 'https://login.kestrel.example/realms/staff', at },
    by: { person: 'Vera Vendor (vera@vendor.example)', of: 'Vendor Ltd.' },
  },
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
        agent: { browser: 'Firefox', system: 'Linux' },
        address: '2001:db8:85a3::8a2e:370:7334',
      },
    ]),
  ),
}

/** Further facts of some: by whom else, in which role, and of what else. */
export const otherFacts: Record<string, object[]> = {
  'key-generated': ['access token', 'command line']
    .map((program): object => ({ program }))
    .concat({ person: by, of: 'Vendor Ltd.' })
    .map((who) => ({ company, name: 'Monitoring, all customers', by: who, at })),
  'key-reported': [{ company, name: 'Monitoring, all customers', prefix: 'ak_live_x0QmPZ4tYb7c', at }],
  'role-changed': ['operator', 'editor', 'viewer'].map((role) => ({ company, by: null, role })),
  'member-joined': [
    { company, name: 'Charlie Example', email: 'charlie.example@kestrel.example', role: 'operator', by: 'invitation' },
  ],
  'consent-receipt': ['given', 'changed', 'withdrawn', 'expired'].flatMap((event) =>
    ['customer', 'partner'].map((side) => ({
      ...mailFacts['consent-receipt'],
      ...{ side, event, by: null, endsAt: null, textVersion: null },
    })),
  ),
  'webhook-disabled': ['failing', 'overflowing'].map((reason) => ({ ...mailFacts['webhook-disabled'], reason })),
  'coverage-changed': ['subscription_started', 'suspended'].map((reason) => ({
    changes: [{ organizationName: 'North Bakery', covered: reason === 'subscription_started', reason, at }],
  })),
  'coverage-digest': [
    {
      changes: [
        ...['subscription_started', 'subscription_ended', 'suspended', 'resumed'],
        ...['consent_given', 'consent_changed', 'consent_withdrawn', 'consent_expired'],
      ].map((event) => ({ organizationName: 'North Bakery', event, at })),
      more: 0,
    },
  ],
  alarms: [
    {
      ...mailFacts.alarms,
      alarms: ['FAIL', 'CRITICAL', 'ERROR', 'WARNING', 'UNKNOWN', 'INITIALIZE', 'INFO', 'OK'].map((severity) => ({
        ...{ label: 'Load high', message: 'Load high', severity, activatedTime: at },
      })),
      total: 8,
    },
  ],
}
