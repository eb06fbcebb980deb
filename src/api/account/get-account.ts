import { account } from '../../domain/account.ts'
import { managementOperation } from '../../http/management.ts'
import { coverageMailsOf } from '../../store/coverage-digests.ts'
import { passkeysOf } from '../../store/passkeys.ts'
import { languageOf } from '../../store/person-languages.ts'
import { access } from '../access.ts'
import { isToldOfCoverage, ownOf } from './own.ts'

export const getAccount = managementOperation({
  operationId: 'getAccount',
  method: 'GET',
  path: '/account',
  tag: 'account',
  summary: "One's own account, and what keeps it safe",
  access: access.getAccount,
  answer: { status: 200, schema: account },
  handle: async (asked) => {
    const { context, accounts, caller } = asked
    const { account: own } = await ownOf(asked)
    const passkeys = await passkeysOf(context.db.system, own.personId)
    const language = await languageOf(context.db.request, own.personId)
    return {
      person: { id: own.personId, name: own.name, email: own.email },
      twoFactor: own.twoFactor,
      ...(own.twoFactor ? { recoveryCodesLeft: await accounts.twoFactor.codesLeft(own.personId) } : {}),
      ...(language === null ? {} : { language }),
      twoFactorRequired: caller.member?.requiresTwoFactor === true,
      ...(isToldOfCoverage(caller) ? { coverageMails: await coverageMailsOf(context.db.system, caller.member.memberId) } : {}),
      passkeys: passkeys.map(({ id, name, createdAt }) => ({ id, name: name ?? '', createdAt })),
    }
  },
})
