import { z } from 'zod'
import { idFrom } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { membersOf } from '../../store/members.ts'
import { noteAcknowledgement } from '../../store/organization-alarms.ts'
import { access } from '../access.ts'
import { ownOrganization } from '../devices/own-organization.ts'

export const acknowledgeAlarm = managementOperation({
  operationId: 'acknowledgeAlarm',
  method: 'PUT',
  path: '/organizations/{organizationId}/alarms/{alarmId}/acknowledgement',
  tag: 'alarms',
  summary: 'Say that an alarm was seen, and who sees to it',
  description:
    'For the people of the own company alone: the alarm itself stays as its gateway reports it. It is about the latest activation; again, with another person ' +
    'or note, it goes before what was said.',
  access: access.acknowledgeAlarm,
  params: z.object({ organizationId: givenId, alarmId: givenId }),
  body: z.object({
    assigneeId: givenId.optional().describe("A member's personId."),
    note: z
      .string()
      .trim()
      .max(2000)
      .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds what cannot be stored')
      .optional(),
  }),
  answer: { status: 204 },
  problems: ['not-covered', 'not-found'],
  handle: async ({ context, caller, params, body: { assigneeId, note } }) => {
    const organization = ownOrganization(caller, params.organizationId)
    const member = { id: caller.memberId ?? '', personId: caller.personId ?? '' }
    return context.db.transaction('request', caller.actor, async (tx) => {
      if (assigneeId !== undefined) {
        const members = await membersOf(tx, caller.company.id)
        if (!members.some(({ personId }) => personId === assigneeId)) {
          throw problem('request-malformed', { detail: 'body.assigneeId: nobody of your company has this id.' })
        }
      }
      const noted = await noteAcknowledgement(tx, member, organization, idFrom(params.alarmId), {
        assigneeId,
        note: note || undefined,
      })
      if (noted === null) throw problem('not-found')
      return undefined
    })
  },
})
