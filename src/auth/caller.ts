import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { CompanyKind, Session } from '../domain/company.ts'
import { isLanguage } from '../domain/language.ts'
import { lesserRole, type Role } from '../domain/role.ts'
import { secretMatches } from '../domain/server-secrets.ts'
import { bearerCredential } from '../http/bearer.ts'
import { problem } from '../http/problem.ts'
import type { Actor } from '../store/database.ts'
import { type MemberRow, memberOfPerson, type OutsiderRow, outsiderOf, tokenById } from '../store/members.ts'
import type { SignInMethod } from '../store/sessions.ts'
import { standingVisit, type VisitRow } from '../store/visits.ts'
import type { SessionNow } from './accounts/sessions.ts'
import type { Accounts } from './accounts.ts'

export interface CallerSession extends Pick<SessionNow, 'method' | 'confirmedAt'> {
  id: string
  member: MemberRow
}

/** Who asks the management API, as the database says at this moment: nothing about it is kept between requests. */
export interface Caller {
  company: { id: string; kind: CompanyKind }
  role: Role
  /** The member who signed in, or who made the token, as a caller of the views; the visit of whoever views the company; null for a token of the installation itself. */
  memberId: string | null
  personId: string | null
  actor: Actor
  /** Of somebody who signed in. */
  session: CallerSession | null
  /** Of a program. */
  token: { id: string; expiresAt: string } | null
  /** Of an administrator of the vendor who views the company: such a caller may only read, and what `visiting` marks in api/access.ts. */
  visit: VisitRow | null
}

/** Somebody who signed in, whether for a company or for none. */
export interface SignedIn extends Pick<SessionNow, 'personId' | 'sessionId' | 'method' | 'confirmedAt'> {
  /** Null: the person belongs to no company. */
  member: MemberRow | null
  /** Null: the person belongs to one. */
  outsider: OutsiderRow | null
  /** Of an administrator of the vendor who views a company now. */
  visit: VisitRow | null
  actor: Actor
}

/**
 * Finds the caller: an access token where an Authorization header is there, else a session's cookie. One look-up tells
 * whether its company may act and what its role is now. Throws not-signed-in; cross-site where a session's request that
 * changes something does not come from the portal. Also returns cookies to set anew.
 */
export async function findCaller(
  context: Context,
  accounts: Accounts,
  request: FastifyRequest,
): Promise<{ caller: Caller; cookies: string[] }> {
  if (request.headers.authorization !== undefined) return { caller: await byToken(context, request), cookies: [] }
  const found = await sessionIn(context, accounts, request)
  const member = await memberOfPerson(context.db.request, found.personId)
  if (member === null) throw problem('not-signed-in')
  const self = memberCaller(member, found, request.ip)
  const visit = await visitOf(context, member, found.sessionId)
  return { caller: visit === null ? self : visitingCaller(self, visit), cookies: found.cookies }
}

/**
 * Who signed in, by a session's cookie. Throws as findCaller does; a member of a suspended company is told as little as a stranger, and so is a
 * program: an access token has no session.
 */
export async function findSignedIn(
  context: Context,
  accounts: Accounts,
  request: FastifyRequest,
): Promise<{ signedIn: SignedIn; cookies: string[] }> {
  if (request.headers.authorization !== undefined) {
    throw problem('not-signed-in', { detail: 'This is about a session: an access token has none. Sign in.' })
  }
  const { personId, sessionId, method, confirmedAt, cookies } = await sessionIn(context, accounts, request)
  const member = await memberOfPerson(context.db.request, personId)
  const outsider = member === null ? await outsiderOf(context.db.request, personId) : null
  if (member === null && outsider === null) throw problem('not-signed-in')
  const company = member === null ? {} : { company: member.companyId }
  const actor: Actor = { kind: 'person', id: personId, ...company, address: request.ip }
  const visit = member === null ? null : await visitOf(context, member, sessionId)
  return { signedIn: { personId, sessionId, method, confirmedAt, member, outsider, visit, actor }, cookies }
}

/** Which company the session views, as the database says at this moment. Only the vendor's views any. */
async function visitOf({ db }: Context, { companyKind }: MemberRow, sessionId: string): Promise<VisitRow | null> {
  return companyKind === 'vendor' ? standingVisit(db.request, sessionId) : null
}

/** In the place of an administrator of the company that is viewed; to the coverage nobody, so that no device data are seen (I1). He stays himself in the record. */
function visitingCaller(self: Caller, visit: VisitRow): Caller {
  return { ...self, company: { id: visit.companyId, kind: visit.companyKind }, role: 'administrator', memberId: visit.id, visit }
}

async function sessionIn(context: Context, accounts: Accounts, request: FastifyRequest) {
  const found = request.headers.cookie === undefined ? null : await accounts.sessionOf(request.headers.cookie)
  if (found === null) throw problem('not-signed-in')
  if (!comesFromPortal(request, context.config.url)) throw problem('cross-site')
  return found
}

function memberCaller(member: MemberRow, { sessionId, method, confirmedAt }: SessionNow, address: string): Caller {
  return {
    company: { id: member.companyId, kind: member.companyKind },
    role: member.role,
    memberId: member.memberId,
    personId: member.personId,
    actor: { kind: 'person', id: member.personId, company: member.companyId, address },
    session: { id: sessionId, member, method, confirmedAt },
    token: null,
    visit: null,
  }
}

async function byToken(context: Context, request: FastifyRequest): Promise<Caller> {
  const credential = bearerCredential(request.headers.authorization, 'at_')
  const row = credential === null ? null : await tokenById(context.db.request, credential.id)
  if (credential === null || row === null || !secretMatches(credential, row.secretHash, row.secretName, context.secrets)) {
    throw problem('not-signed-in')
  }
  return {
    company: { id: row.companyId, kind: row.companyKind },
    role: row.makerRole === null ? row.role : lesserRole(row.role, row.makerRole),
    memberId: row.memberId,
    personId: row.personId,
    actor: {
      kind: row.memberId === null ? 'command line' : 'token',
      id: row.tokenId,
      company: row.companyId,
      address: request.ip,
    },
    session: null,
    token: { id: row.tokenId, expiresAt: row.expiresAt },
    visit: null,
  }
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes something comes from the portal itself: its browser says so (Sec-Fetch-Site), or its Origin is
 * ours. A browser always sends one of them with such a request.
 */
export function comesFromPortal(request: FastifyRequest, url: string): boolean {
  if (reading.has(request.method)) return true
  const site = request.headers['sec-fetch-site']
  return site === undefined ? request.headers.origin === url : site === 'same-origin'
}

/** Whether a request says that another site made a browser send it: also who is not signed in yet may not be signed in so. */
export function comesFromElsewhere(request: FastifyRequest, url: string): boolean {
  const told = request.headers['sec-fetch-site'] !== undefined || request.headers.origin !== undefined
  return told && !comesFromPortal(request, url)
}

/**
 * Whether a member must set a second factor up before anything else: the company wants one, and neither the account asks for a code nor
 * did this session begin with a passkey, which is two factors; nor at the company's provider, where the company counts that as two.
 */
export function needsTwoFactor(member: MemberRow, method: SignInMethod): boolean {
  if (!member.requiresTwoFactor || method === 'passkey') return false
  return method === 'provider' ? !member.providerTwoFactors : !member.twoFactor
}

/** Whether a member must sign in at the company's provider before anything else. */
export function needsProvider(member: MemberRow, method: SignInMethod): boolean {
  return member.providerRequired && method !== 'provider'
}

/** What the portal shows of a session of the vendor that views a company: that company's pages. */
export function visitingSessionOf(who: MemberRow, portalName: string, visit: VisitRow): Session {
  const { companyId: id, companyKind: kind, companyName: name, partnerId, reason, expiresAt } = visit
  return {
    person: { id: who.personId, name: who.personName, email: who.email },
    company: { id, kind, name, ...(partnerId === null ? {} : { partnerId }) },
    role: 'administrator',
    portalName,
    visit: { company: { id, name }, reason, expiresAt },
  }
}

/** What the portal shows of somebody who signed in; how is `password` where nothing else is said. */
export function sessionOf(who: MemberRow | OutsiderRow, portalName: string, method: SignInMethod = 'password'): Session {
  const person = { id: who.personId, name: who.personName, email: who.email }
  if (!('companyId' in who)) return { person, portalName }
  const { companyId, companyKind, companyName, partnerId, providerName } = who
  const provider = { name: providerName ?? '', used: method === 'provider', needed: needsProvider(who, method) }
  return {
    person,
    company: { id: companyId, kind: companyKind, name: companyName, ...(partnerId === null ? {} : { partnerId }) },
    role: who.role,
    portalName,
    ...(who.language !== null && isLanguage(who.language) ? { language: who.language } : {}),
    ...(needsTwoFactor(who, method) ? { twoFactorNeeded: true } : {}),
    ...(providerName === null ? {} : { singleSignOn: provider }),
  }
}
