const company = 'Kestrel Power Systems'
const by = 'Robin Example (robin.example@kestrel.example)'
const at = '2026-11-24T18:40:00.000Z'

/** Facts of each message, as long as they may well be: what the pictures of the mails show. */
export const mailFacts: Record<string, object> = {
  'key-generated': { company, name: 'Monitoring, all customers', by, at },
  'key-deleted': { company, name: 'Monitoring, all customers', by, at },
  'key-disabled': { company, name: 'Monitoring, all customers', by: 'a program with an access token', at },
  'key-enabled': { company, name: 'Monitoring, all customers', by, at },
  'gateway-added': { company, name: 'Basel, server room 2', by, at },
  'gateway-removed': { company, name: 'Basel, server room 2', by, at },
  'access-token-created': { company, name: 'Nightly inventory', by, at },
  'access-token-deleted': { company, name: 'An unusually-long-name-without-any-place-to-break-it-of-72-characters-xx', by, at },
  'company-closed': { company, by, at, days: 30 },
}
