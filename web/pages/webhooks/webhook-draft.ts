import type { Webhook } from '../../client.ts'
import { addWebhookTexts as texts } from '../../texts/webhooks.ts'
import { alarmKinds, type Kind, type Severity } from './kinds.ts'

const NAME_LENGTH_MAX = 100

export type Format = keyof typeof texts.formats

/** What is typed and chosen for a webhook. `customers` and `locations`: null for all of them. */
export interface Draft {
  name: string
  url: string
  format: Format
  username: string
  credential: string
  kinds: readonly Kind[]
  severities: readonly Severity[]
  customers: ReadonlySet<string> | null
  locations: ReadonlySet<string> | null
}

export const emptyDraft: Draft = {
  ...{ name: '', url: '', format: 'v1', username: '', credential: '' },
  kinds: alarmKinds,
  severities: [],
  ...{ customers: null, locations: null },
}

/** Whether events are signed: otherwise arrays of alarms are sent with a header of the receiver's. */
export function isSigned(format: Format): format is 'v1' | 'v1a' {
  return format === 'v1' || format === 'v1a'
}

/** Which filters narrow anything of what is told. The others are neither offered nor sent: the server refuses them. */
export function narrowed(kinds: readonly Kind[]) {
  // None are chosen yet: all may be.
  if (kinds.length === 0) return { severities: true, locations: true, customers: true }
  const severities = kinds.some((kind) => kind.startsWith('alarm.'))
  return {
    severities,
    locations: severities || kinds.some((kind) => kind.startsWith('device.')),
    customers: kinds.some((kind) => kind !== 'key.expiring'),
  }
}

/** What is chosen, as far as it narrows anything. */
function filtersOf({ kinds, ...draft }: Draft): Pick<Draft, 'severities' | 'customers' | 'locations'> {
  const by = narrowed(kinds)
  return {
    severities: by.severities ? draft.severities : [],
    customers: by.customers ? draft.customers : null,
    locations: by.locations ? draft.locations : null,
  }
}

export function bodyOf(draft: Draft) {
  const { name, url, format, username, credential, kinds } = draft
  const { severities, customers, locations } = filtersOf(draft)
  return {
    name: name.trim(),
    url: url.trim(),
    ...(isSigned(format) ? { format: 'standard' as const, scheme: format } : { format: 'alarms' as const }),
    kinds: [...kinds],
    ...(severities.length > 0 ? { severities: [...severities] } : {}),
    ...(customers ? { organizationIds: [...customers] } : {}),
    ...(locations ? { locationIds: [...locations] } : {}),
    ...(isSigned(format) ? {} : { authorization: authorizationOf({ format, username, credential }) }),
  }
}

/** What arrays of alarms are sent with. */
export function authorizationOf({ format, username, credential }: Pick<Draft, 'format' | 'username' | 'credential'>) {
  return format === 'basic'
    ? { scheme: 'basic' as const, username, password: credential }
    : { scheme: 'bearer' as const, token: credential }
}

/** What a webhook that there is has now. What its receiver wants in Authorization nobody is told again, and stays. */
export function draftOf({ name, url, format, scheme, kinds, severities, organizationIds, locationIds }: Webhook): Draft {
  return {
    ...emptyDraft,
    ...{ name, url, kinds },
    format: format === 'alarms' ? 'bearer' : (scheme ?? 'v1'),
    severities: (severities ?? []) as Severity[],
    customers: organizationIds ? new Set(organizationIds) : null,
    locations: locationIds ? new Set(locationIds) : null,
  }
}

/** What a webhook gets of a draft that was made of it: only what is another one, so that what somebody else changed meanwhile stays. */
export function changesOf(draft: Draft, before: Draft) {
  const [now, then] = [valuesOf(draft), valuesOf(before)]
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name as keyof typeof then])),
  ) as Partial<typeof now>
}

/** What can be changed: a filter that is not there is null, and goes. */
function valuesOf(draft: Draft) {
  const { name, url, kinds } = draft
  const { severities, customers, locations } = filtersOf(draft)
  return {
    ...{ name: name.trim(), url: url.trim(), kinds: [...kinds] },
    severities: severities.length > 0 ? [...severities] : null,
    organizationIds: customers && [...customers],
    locationIds: locations && [...locations],
  }
}

export type Mistakes = Partial<Record<'name' | 'url' | 'credential' | 'kinds' | 'customers' | 'locations', string>>

/** `made`: of a webhook that there is, which has its credential. */
export function mistakesOf(draft: Draft, made = false): Mistakes {
  const { name, url, format, username, credential, kinds } = draft
  const { customers, locations } = filtersOf(draft)
  const web = URL.canParse(url.trim()) && /^https?:$/.test(new URL(url.trim()).protocol)
  const lacking = !made && ((format === 'basic' && username === '') || (!isSigned(format) && credential === ''))
  return {
    ...(name.trim() ? {} : { name: texts.nameMissing }),
    ...(name.trim().length > NAME_LENGTH_MAX ? { name: texts.nameLong } : {}),
    ...(web ? {} : { url: texts.urlWrong }),
    ...(lacking ? { credential: texts.credentialMissing } : {}),
    ...(kinds.length === 0 ? { kinds: texts.kindsMissing } : {}),
    ...(customers?.size === 0 ? { customers: texts.customersMissing } : {}),
    ...(locations?.size === 0 ? { locations: texts.locationsMissing } : {}),
  }
}
