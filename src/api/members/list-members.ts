import { z } from 'zod'
import { member } from '../../domain/member.ts'
import { managementOperation } from '../../http/management.ts'
import { membersOf } from '../../store/members.ts'
import { access } from '../access.ts'

export const listMembers = managementOperation({
  operationId: 'listMembers',
  method: 'GET',
  path: '/members',
  tag: 'members',
  summary: "The company's members, by name",
  access: access.listMembers,
  answer: { status: 200, schema: z.object({ members: z.array(member) }) },
  handle: async ({ context, caller }) => ({ members: await membersOf(context.db.request, caller.company.id) }),
})
