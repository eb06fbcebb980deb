import { z } from 'zod'
import { alarmInFull } from '../../domain/alarm.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { alarmOf } from '../../store/organization-alarms.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from '../devices/asker.ts'

export const getAlarm = managementOperation({
  operationId: 'getAlarm',
  method: 'GET',
  path: '/organizations/{organizationId}/alarms/{alarmId}',
  tag: 'alarms',
  summary: 'An alarm, the states that it had, and who has seen it',
  access: access.getAlarm,
  params: z.object({ organizationId: givenId, alarmId: givenId }),
  answer: { status: 200, schema: alarmInFull },
  problems: ['not-covered', 'not-found'],
  objects: () => 1,
  handle: async ({ context, caller, params }) => {
    const organization = idFrom<OrganizationId>(params.organizationId)
    const found = await alarmOf(context.db.request, askerOf(caller), organization, idFrom(params.alarmId))
    if (found === null) throw notCovered()
    if (found === undefined) throw problem('not-found')
    return found
  },
})
