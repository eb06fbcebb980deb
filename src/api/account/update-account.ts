import { z } from 'zod'
import { coverageMails } from '../../domain/account.ts'
import { language } from '../../domain/language.ts'
import { line } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { renamePerson } from '../../store/accounts.ts'
import { chooseCoverageMails } from '../../store/coverage-digests.ts'
import { chooseLanguage } from '../../store/person-languages.ts'
import { access } from '../access.ts'
import { isToldOfCoverage, ownOf } from './own.ts'

export const updateAccount = managementOperation({
  operationId: 'updateAccount',
  method: 'PATCH',
  path: '/account',
  tag: 'account',
  summary: "Change one's own name, or how and in which language one is told of things",
  description: 'What is absent stays.',
  access: access.updateAccount,
  body: z.strictObject({ name: line(100).optional(), coverageMails: coverageMails.optional(), language: language.optional() }),
  answer: { status: 204 },
  handle: async (asked) => {
    const { account, actor } = await ownOf(asked)
    const { caller, context, body } = asked
    if (body.coverageMails !== undefined && !isToldOfCoverage(caller))
      throw problem('request-malformed', { detail: "body.coverageMails: is for a partner's administrators" })
    await context.db.transaction('system', actor, async (tx) => {
      if (body.name !== undefined) await renamePerson(tx, account.personId, body.name)
      if (body.coverageMails !== undefined && isToldOfCoverage(caller))
        await chooseCoverageMails(tx, caller.member.memberId, body.coverageMails)
      if (body.language !== undefined) await chooseLanguage(tx, account.personId, body.language)
    })
    return undefined
  },
})
