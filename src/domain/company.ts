import { z } from 'zod'
import { language } from './language.ts'
import { role } from './role.ts'
import { subscription } from './subscription.ts'
import { emailAddress, instant, line } from './text.ts'
import { visit } from './visit.ts'

export const companyKinds = ['vendor', 'partner', 'customer', 'demo'] as const
export type CompanyKind = (typeof companyKinds)[number]

export const companyName = line(200)
export const companyAddress = line(500)
export const companyPhone = line(40)
export const companyEmail = emailAddress

export const partnerIdLengthMax = 64
export const partnerId = z
  .string()
  .regex(/^[A-Z0-9_]{1,64}$/, 'is not a Partner ID: 1 to 64 capitals, digits and underscores')
  .describe('The Partner ID, which a customer types to connect: capitals, digits, underscores.')

export const company = z
  .object({
    id: z.string().describe("A customer's id is its organization's id in the device-data API."),
    kind: z.enum(companyKinds),
    name: z.string(),
    partnerId: z.string().optional(),
    address: z.string().optional(),
    contactEmail: z.string().optional(),
    contactPhone: z.string().optional(),
    suspendedAt: instant.optional(),
    closedAt: instant.optional().describe('When it was closed: 30 days later its data and its people go.'),
    requiresTwoFactor: z.boolean().describe('Whether its members must have a second factor.'),
    singleSignOn: z
      .object({ name: z.string(), enabled: z.boolean(), required: z.boolean() })
      .optional()
      .describe('Absent: it has no sign-in provider of its own.'),
    allowsVisits: z.boolean().describe('Whether it lets the vendor view its portal.'),
    createdAt: instant,
    subscription: subscription.optional().describe("A customer's active subscription, else its latest."),
  })
  .meta({ id: 'Company', description: 'Whoever signs in: the vendor, a partner, a customer.' })
export type Company = z.infer<typeof company>

export const session = z
  .object({
    person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    company: z
      .object({ id: z.string(), kind: z.enum(companyKinds), name: z.string(), partnerId: z.string().optional() })
      .optional()
      .describe('Absent: the person belongs to no company, and can accept an invitation alone.'),
    role: role.optional().describe('Absent without a company.'),
    portalName: z.string(),
    language: language.optional().describe('In which the person chose to read. Absent: in none.'),
    twoFactorNeeded: z
      .boolean()
      .optional()
      .describe('Present: the company requires a second factor, which is to be set up first.'),
    singleSignOn: z
      .object({
        name: z.string(),
        used: z.boolean().describe('Whether this session began there.'),
        needed: z.boolean().describe('Whether the company requires a sign-in there, which this session was not.'),
      })
      .optional()
      .describe("Present: members may sign in at the company's own provider."),
    visit: visit.optional().describe('Present: the session is of the vendor and views this company, to read alone.'),
  })
  .meta({ id: 'Session', description: 'Who is signed in, for which company, as what.' })
export type Session = z.infer<typeof session>

/**
 * The Partner ID that a company's name makes (contract, section 7): `Acme, Inc.` → `ACME_INC`. A name without any letter or
 * digit of the Latin script makes `PARTNER`. Uniqueness is the store's.
 */
export function partnerIdOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .slice(0, partnerIdLengthMax)
    .replaceAll(/^_+|_+$/g, '')
  return plain === '' ? 'PARTNER' : plain
}

/** The nth candidate for a Partner ID: the name's own, then with _2, _3, … within the bound. */
export function partnerIdCandidate(base: string, nth: number): string {
  if (nth === 1) return base
  const suffix = `_${nth}`
  return base.slice(0, partnerIdLengthMax - suffix.length) + suffix
}
