import { z } from 'zod'
import { type Caller, needsTwoFactor } from '../../auth/caller.ts'
import type { Context } from '../../context.ts'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { visit, visitMinutesMax, visitReason } from '../../domain/visit.ts'
import { visitBegunMail } from '../../email/visit-begun.ts'
import type { Who } from '../../email/who.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { queueMails } from '../../mail.ts'
import { companyById, lockCompany } from '../../store/companies.ts'
import type { Db } from '../../store/database.ts'
import { administratorsOf } from '../../store/members.ts'
import { beginVisit as insertVisit, standingVisit } from '../../store/visits.ts'
import { access } from '../access.ts'
import { whoActs } from '../notices.ts'

export const beginVisit = managementOperation({
  operationId: 'beginVisit',
  method: 'POST',
  path: '/companies/{companyId}/visits',
  tag: 'companies',
  summary: "View a company's portal, to read alone",
  description:
    "From the answer on this session reads what the company's administrators read: members, keys, subscriptions, consents, gateways, webhooks, access history, " +
    "activity. It changes nothing, and sees no device data. Both companies' records say so, and the company's administrators are told by mail. " +
    'It ends with endVisit, with the session, after the minutes, when the company forbids it, or when it or the vendor begins to require two factors.',
  access: access.beginVisit,
  params: z.object({ companyId: givenId }),
  body: z.strictObject({
    reason: visitReason.describe('What the company is told. No personal data: the record of acts keeps it for good.'),
    minutes: z.int().min(1).max(visitMinutesMax).default(visitMinutesMax),
  }),
  answer: { status: 201, schema: visit },
  problems: ['not-found', 'visits-not-allowed'],
  handle: async ({ context, caller, params, body }) => {
    const companyId = idFrom<string>(params.companyId)
    const session = caller.session?.id as string
    return context.db.transaction('system', caller.actor, async (tx) => {
      const { name, requiresTwoFactor } = await companyToVisit(tx, companyId)
      requireTheirFactor(caller, requiresTwoFactor)
      await insertVisit(tx, { session, company: companyId, ...body })
      const begun = await standingVisit(tx, session)
      // No administrator any more, since the frame asked: then there is no visit either.
      if (begun === null) throw problem('not-allowed')
      await tellCompany(context, tx, companyId, { company: name, by: whoActs(asOfAnother(caller, companyId)), ...begun })
      return { company: { id: companyId, name }, reason: begun.reason, expiresAt: begun.expiresAt }
    })
  },
})

/** Locked, so that a company that forbids visits at the same time ends this one, or refuses it. */
async function companyToVisit(tx: Db, id: string) {
  const kind = await lockCompany(tx, id)
  const company = await companyById(tx, id)
  if (company === null) throw problem('not-found')
  const isVisited = kind === 'partner' || kind === 'customer'
  if (!isVisited || company.suspendedAt !== undefined || !company.allowsVisits) throw problem('visits-not-allowed')
  return company
}

/** What a company demands of its own people holds for whoever views it. */
function requireTheirFactor({ session }: Caller, required: boolean): void {
  if (session === null || !required) return
  if (needsTwoFactor({ ...session.member, requiresTwoFactor: true, providerTwoFactors: false }, session.method)) {
    throw problem('two-factor-needed', {
      detail: 'This company wants a second factor of whoever sees its pages. Set one up for your account, then go on.',
    })
  }
}

function asOfAnother(caller: Caller, companyId: string): Caller {
  return { ...caller, company: { id: companyId, kind: caller.company.kind } }
}

async function tellCompany(
  context: Context,
  tx: Db,
  companyId: string,
  { company, by, reason, expiresAt }: { company: string; by: Who; reason: string; expiresAt: string },
): Promise<void> {
  const facts = { company, by, reason, until: expiresAt }
  await queueMails(context, tx, visitBegunMail, await administratorsOf(tx, companyId), { companyId, facts })
}
