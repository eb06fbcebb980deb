import { countText } from '../numbers.ts'

/** Words for what is done with each noun of the record; another one is told as it is recorded. */
const nouns: Record<string, string> = {
  access_token: 'Access token',
  administrator_grant: 'Administrator access',
  company: 'Company',
  consent: 'Consent',
  customer_invitation: 'Customer’s invitation',
  device: 'Device',
  gateway: 'Gateway',
  installation_setting: 'Settings',
  invitation: 'Invitation',
  key: 'Key',
  licence_key: 'Licence key',
  location: 'Location',
  mail: 'Mail',
  member: 'Member',
  partnership: 'Partner',
  passkey: 'Passkey',
  password: 'Password',
  person: 'Account',
  session: 'Session',
  setup_link: 'Set-up link',
  sign_in_method: 'Way to sign in',
  subscription: 'Subscription',
  two_factor: 'Second factor',
  visit: 'Portal viewed by the vendor',
}

const verbs: Record<string, string> = {
  'customer_invitation.created': 'Customer invited',
  'gateway.created': 'Gateway added',
  'invitation.created': 'Co-worker invited',
  'key.created': 'Key generated',
  'key.organization_added': 'Customer put into a key’s set',
  'key.organization_removed': 'Customer taken out of a key’s set',
  'mail.retried': 'Mail sent again',
  'member.created': 'Member joined',
  'member.deleted': 'Member left or was removed',
  'partnership.connected': 'Partner connected',
  'partnership.ended': 'Partner removed',
  'person.email_changed': 'Email address changed',
  'person.renamed': 'Name changed',
  'session.confirmed': 'Sign-in confirmed again',
  'session.ended': 'Signed out',
  'session.started': 'Signed in',
  'sign_in_method.created': 'Password set',
  'visit.begun': 'The vendor began to view the portal',
  'visit.ended': 'The vendor left the portal',
  'two_factor.recovery_codes_changed': 'Recovery codes renewed',
}

/** A verb in words: `consent.given` → "Consent given". */
export function verbText(verb: string): string {
  const [noun = '', done = ''] = verb.split('.')
  return verbs[verb] ?? `${nounText(noun)} ${done.replaceAll('_', ' ')}`
}

export function nounText(noun: string): string {
  return nouns[noun] ?? noun.replaceAll('_', ' ')
}

export const activityNouns = Object.keys(nouns)

export const activityTexts = {
  title: 'Activity',
  lead: 'What was done, by whom and when: consent, partners, keys, people, gateways, subscriptions. It is written in the same moment as the thing itself, and nothing can be taken out of it unnoticed.',
  leadVendor:
    'What was done in all companies, by whom and when. It is written in the same moment as the thing itself, and nothing can be taken out of it unnoticed.',
  from: 'From',
  to: 'To',
  what: 'What',
  anything: 'Anything',
  who: 'Who',
  anybody: 'Anybody',
  kinds: {
    person: 'Person',
    token: 'Program with an access token',
    finder: 'Somebody who was not signed in',
    gateway: 'Gateway',
    system: 'The system itself',
    'command line': 'Command line',
  } as Record<string, string>,
  of: (name: string, company: string) => `${name}, ${company}`,
  somebodyOf: (company: string) => `Somebody of ${company}`,
  download: 'Export CSV',
  table: 'Acts',
  columns: { when: 'When', what: 'What', subject: 'About', who: 'Who', from: 'From', details: 'Details' },
  details: (seq: number) => `Show details of act ${seq}`,
  show: 'Show',
  nothing: '–',
  empty: { title: 'No such act', text: 'Nothing in the record fits. Choose less, or another time.' },
  older: 'Show older ones',
  verify: {
    title: 'Is the record whole?',
    lead: 'Each act is chained to the one before it by a digest, and the newest is signed each hour. Recomputing all of it shows whether anything was changed.',
    button: 'Verify now',
    again: 'Verify again',
    running: 'Recomputing…',
    good: 'Nothing was changed',
    bad: 'The record was changed',
    read: (acts: number, heads: number) =>
      `${countText(acts)} acts were recomputed and held against ${countText(heads)} signed heads.`,
    part: 'These are the acts that concern your company. That none of them is missing, only whoever runs this portal can tell.',
    strange: (count: number) => `${countText(count)} of the heads are signed with another key than this server has now.`,
    fault: (seq: number, what: string) => `Act ${countText(seq)} ${what}.`,
    more: (count: number) => `And ${countText(count)} more.`,
    lastSigned: 'Last signed each hour',
    head: 'Signed now',
    headOf: (seq: number) => `Act ${countText(seq)}`,
    digest: 'Digest',
    signature: 'Signature',
    copyHead: 'Copy the signed head',
    keep: 'Keep the signed head somewhere else: `assent audit verify --head FILE` then shows any later change before it, whoever made it.',
  },
}
