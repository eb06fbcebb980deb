import { z } from 'zod'
import { listedAlarm } from '../../domain/alarm.ts'
import { severities } from '../../domain/batch.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { organizationAlarms } from '../../store/organization-alarms.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from '../devices/asker.ts'

const limitMax = 1000

export const listOrganizationAlarms = managementOperation({
  operationId: 'listOrganizationAlarms',
  method: 'GET',
  path: '/organizations/{organizationId}/alarms',
  tag: 'alarms',
  summary: "An organization's alarms, with their devices",
  description: "A customer's own, or those of a customer that is valid for the partner.",
  access: access.listOrganizationAlarms,
  params: z.object({ organizationId: givenId }),
  query: z.object({
    state: z.enum(['active', 'past']).default('active').describe('active: the worst first; past: the last cleared first.'),
    severity: z.enum(severities).optional(),
    deviceId: givenId.optional(),
    locationId: givenId.optional().describe('At devices in this location, or below it.'),
    acknowledged: z.enum(['true', 'false']).optional(),
    search: z.string().max(200).optional().describe("A part of the alarm's label or message, or of the device's label."),
    before: z.string().max(300).optional().describe('Of past alarms, the "next" that came with those before.'),
    limit: wholeNumber(1, limitMax).default(200),
  }),
  answer: {
    status: 200,
    schema: z.object({
      alarms: z.array(listedAlarm),
      total: z.int().optional().describe('How many active ones there are, with those beyond the limit.'),
      next: z.string().optional().describe('Where there may be more past ones: what to give as "before".'),
    }),
  },
  problems: ['not-covered'],
  objects: ({ alarms }) => alarms.length,
  handle: async ({ context, caller, params, query }) => {
    const { state, limit, acknowledged, before, deviceId, locationId, severity } = query
    const organization = idFrom<OrganizationId>(params.organizationId)
    const found = await organizationAlarms(context.db.request, askerOf(caller), organization, {
      state,
      limit,
      severity,
      deviceId: deviceId && idFrom(deviceId),
      locationId: locationId && idFrom(locationId),
      search: (query.search && idFrom(query.search.trim())) || undefined,
      acknowledged: acknowledged === undefined ? undefined : acknowledged === 'true',
      before: before === undefined ? undefined : placeFrom(before),
    })
    if (found === null) throw notCovered()
    const { alarms, total } = found
    if (state === 'active') return { alarms, total }
    const last = alarms.length === limit ? alarms.at(-1) : undefined
    return { alarms, ...(last?.clearedTime === undefined ? {} : { next: `${last.clearedTime} ${last.id}` }) }
  },
})

function placeFrom(text: string): { clearedAt: string; id: string } {
  const [clearedAt = '', id = ''] = text.split(' ')
  if (!z.iso.datetime().safeParse(clearedAt).success || id === '') {
    throw problem('request-malformed', { detail: '"before" is what came as "next" with the alarms before these.' })
  }
  return { clearedAt, id: idFrom(id) }
}
