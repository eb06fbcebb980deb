import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { companyOfPerson } from '../../store/erasure.ts'
import { access } from '../access.ts'
import { erase } from './erase.ts'

export const erasePerson = managementOperation({
  operationId: 'erasePerson',
  method: 'DELETE',
  path: '/people/{personId}',
  tag: 'people',
  summary: "Erase a person's account",
  description:
    'As eraseOwnAccount does. An administrator erases people of its own company, the vendor anybody. The last administrator of a company cannot be ' +
    'erased: close the company, or make another member its administrator.',
  access: access.erasePerson,
  params: z.object({ personId: givenId }),
  answer: { status: 204 },
  problems: ['not-found', 'last-administrator'],
  handle: async ({ context, caller, params }) => {
    const id = idFrom<string>(params.personId)
    // Somebody else's person and one that is not there look the same (I4).
    if (caller.company.kind !== 'vendor' && (await companyOfPerson(context.db.request, id)) !== caller.company.id) {
      throw problem('not-found')
    }
    await erase(context, caller, id)
    return undefined
  },
})
