import { openProvider } from '../../auth/provider.ts'
import { seal, unseal } from '../../domain/sealed.ts'
import { givenProvider, providerPurpose, signInProvider } from '../../domain/sign-in-provider.ts'
import { singleSignOnChanged } from '../../email/single-sign-on.ts'
import { malformed, managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { requiresTwoFactor } from '../../store/accounts.ts'
import { lockCompany } from '../../store/companies.ts'
import { membersOf } from '../../store/members.ts'
import { endProviderSessions, type ProviderRow, providerOfCompany, putProvider } from '../../store/sign-in-providers.ts'
import { access } from '../access.ts'
import { tellAdministrators } from '../notices.ts'
import { toldProvider } from './sign-in-provider.ts'

export const setSignInProvider = managementOperation({
  operationId: 'setSignInProvider',
  method: 'PUT',
  path: '/sign-in-provider',
  tag: 'members',
  summary: "Set the company's single sign-on",
  description:
    'The provider (OpenID Connect) is asked for its metadata at once. Sessions that began there end where another one takes its place, or it is ' +
    'turned off. Where it is required, other sessions can do nothing from their next request on but manage their own account. The administrators are ' +
    'told by mail.',
  access: access.setSignInProvider,
  body: givenProvider,
  answer: { status: 200, schema: signInProvider },
  problems: ['provider-failed', 'provider-name-taken', 'provider-one-factor'],
  handle: async ({ context, caller, body }) => {
    const { clientSecret: given, countsAsTwoFactors, exemptMemberId, ...settings } = body
    const companyId = caller.company.id
    const former = await providerOfCompany(context.db.system, companyId)
    const another = former?.issuer !== settings.issuer || former.clientId !== settings.clientId
    // The kept secret is for who was given it: another provider would be told it, and could tell it to whoever asks for the change.
    const kept = another ? null : unseal(former.sealedSecret, former.secretName, providerPurpose, context.secrets)
    const clientSecret = given ?? kept
    if (clientSecret === null) throw malformed([{ instancePath: '/clientSecret', message: 'is missing' }], 'body')
    // Outside of any transaction: a provider may take its time.
    await openProvider(context, { ...settings, clientSecret })
    const { sealed, secretName } = seal(clientSecret, providerPurpose, context.secrets, context.clock)
    const row: ProviderRow = {
      ...{ ...settings, companyId, sealedSecret: sealed, secretName, twoFactors: countsAsTwoFactors },
      exemptMemberId: exemptMemberId ?? null,
    }
    return context.db.transaction('system', caller.actor, async (tx) => {
      await lockCompany(tx, companyId)
      const [exempt] = exemptMemberId === undefined ? [] : await membersOf(tx, companyId, exemptMemberId)
      if (exemptMemberId !== undefined && exempt?.role !== 'administrator') {
        throw malformed([{ instancePath: '/exemptMemberId', message: 'is no administrator of your company' }], 'body')
      }
      if (row.enabled && !row.twoFactors && (await requiresTwoFactor(tx, companyId))) throw problem('provider-one-factor')
      if (!(await putProvider(tx, row))) throw problem('provider-name-taken')
      if (another || !row.enabled) await endProviderSessions(tx, companyId)
      await tellAdministrators(context, tx, caller, singleSignOnChanged, row.issuer)
      return toldProvider(context, row)
    })
  },
})
