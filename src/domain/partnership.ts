import { z } from 'zod'
import { instant } from './text.ts'

/** The kinds of device data that a consent shares. */
export const dataKinds = z
  .object({ inventory: z.boolean(), alarms: z.boolean(), sensors: z.boolean() })
  .meta({ id: 'DataKinds', description: 'Which kinds of device data are shared.' })
export type DataKinds = z.infer<typeof dataKinds>

export const consent = z
  .object({
    id: z.string(),
    givenAt: instant,
    givenBy: z.string().optional().describe("The person's name."),
    kinds: dataKinds,
    endsAt: instant.optional().describe('The first moment at which it does not hold. Absent: it holds until it is withdrawn.'),
    textVersion: z.string().optional().describe('Which version of the words was agreed to. Absent: before versions were kept.'),
  })
  .meta({
    id: 'Consent',
    description: "A customer's consent to one partner. Withdrawn or expired, it is over for good: giving again makes a new one.",
  })
export type Consent = z.infer<typeof consent>

export const customerReasons = ['suspended', 'no consent', 'consent expired', 'no active subscription'] as const

/** How a customer stands to its partner. */
const standing = {
  state: z.enum(['valid', ...customerReasons]).describe('valid, or the first of the reasons.'),
  since: instant.describe('Since when it is in this state.'),
  reasons: z.array(z.enum(customerReasons)).describe('Why it is not valid; empty: it is.'),
}

export const partnership = z
  .object({
    id: z.string(),
    customer: z.object({ id: z.string(), name: z.string() }),
    partner: z.object({ id: z.string(), name: z.string(), partnerId: z.string() }),
    connectedAt: instant,
    ...standing,
    lastReadAt: instant.optional().describe('When the partner last read of it, at most some seconds behind. Absent: never.'),
    consent: consent.optional(),
  })
  .meta({ id: 'Partnership', description: 'A customer and a partner that are connected.' })
export type Partnership = z.infer<typeof partnership>

const contact = {
  name: z.string(),
  partnerId: z.string(),
  contactEmail: z.string().optional(),
  contactPhone: z.string().optional(),
  address: z.string().optional(),
}

export const foundPartner = z
  .object(contact)
  .meta({ id: 'FoundPartner', description: 'A partner as whoever knows its Partner ID sees it, before connecting.' })
export type FoundPartner = z.infer<typeof foundPartner>

export const administratorAccess = z
  .object({ grantedAt: instant, grantedBy: z.string().optional().describe("The person's name.") })
  .meta({
    id: 'AdministratorAccess',
    description: "That a partner's administrators may act for the customer. It shares no device data.",
  })
export type AdministratorAccess = z.infer<typeof administratorAccess>

export const partner = z
  .object({
    partnershipId: z.string(),
    ...contact,
    connectedAt: instant,
    consent: consent.optional(),
    consentAskedAt: instant
      .optional()
      .describe('When it asked for consent, which was not given since. Absent: it did not ask, or has consent.'),
    administratorAccess: administratorAccess.optional().describe('Absent: not granted.'),
    lastReadAt: instant
      .optional()
      .describe('When a key or a person of it last read device data; at most 5 seconds behind. Absent: never.'),
  })
  .meta({ id: 'Partner', description: 'A partner as its customer sees it.' })
export type Partner = z.infer<typeof partner>

export const connectedCustomer = z
  .object({
    organizationId: z.string(),
    label: z.string(),
    connectedAt: instant,
    ...standing,
    kinds: dataKinds.optional(),
    consentGivenAt: instant.optional(),
    consentEndsAt: instant.optional().describe('Absent: consent holds until it is withdrawn, or there is none.'),
    subscriptionEndsAt: instant.optional(),
    subscriptionEndedAt: instant.optional().describe('When the last one ended. Absent: one is active, or there was none.'),
    lastReadAt: instant.optional().describe('When the partner last read of it, at most some seconds behind.'),
    consentAskedAt: instant.optional().describe('When the partner last asked it for consent.'),
    administered: z.boolean().describe('Whether administrators of the partner may act for it (Assent-Company).'),
  })
  .meta({ id: 'ConnectedCustomer', description: 'A customer as its partner sees it.' })
export type ConnectedCustomer = z.infer<typeof connectedCustomer>
