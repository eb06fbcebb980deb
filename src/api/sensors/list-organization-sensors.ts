import { z } from 'zod'
import { listedSensor } from '../../domain/device.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { latestOf } from '../../measurements/history.ts'
import { latestPartsOf } from '../../store/measurements/charts.ts'
import { organizationSensors } from '../../store/measurements/organization-sensors.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from '../devices/asker.ts'

const limitMax = 1000

export const listOrganizationSensors = managementOperation({
  operationId: 'listOrganizationSensors',
  method: 'GET',
  path: '/organizations/{organizationId}/sensors',
  tag: 'devices',
  summary: "An organization's sensors, with their devices and latest values",
  description:
    "A customer's own, or those of a customer that is valid for the partner. By label, those first whose own label holds what is searched for.",
  access: access.listOrganizationSensors,
  params: z.object({ organizationId: givenId }),
  query: z.object({
    search: z.string().max(200).optional().describe("A part of the sensor's label, or of its device's."),
    type: z.string().max(200).optional(),
    locationId: givenId.optional().describe('Of devices in this location, or below it.'),
    latest: z.enum(['true', 'false']).default('true').describe('false: without their latest values.'),
    limit: wholeNumber(1, limitMax).default(200),
  }),
  answer: {
    status: 200,
    schema: z.object({
      sensors: z.array(listedSensor),
      total: z.int().describe('How many there are, with those beyond the limit.'),
      types: z.array(z.string()).describe('The types of all sensors of the organization.'),
    }),
  },
  problems: ['not-covered'],
  objects: ({ sensors }) => sensors.length,
  handle: async ({ context, caller, params, query }) => {
    const asker = askerOf(caller)
    const organization = idFrom<OrganizationId>(params.organizationId)
    const found = await organizationSensors(context.db.request, asker, organization, {
      search: (query.search && idFrom(query.search.trim())) || undefined,
      type: query.type,
      locationId: query.locationId && idFrom(query.locationId),
      limit: query.limit,
    })
    if (found === null) throw notCovered()
    const ids = found.sensors.map(({ id }) => id)
    const parts = await latestPartsOf(context.db.request, asker, organization, ids, query.latest === 'true')
    if (parts === null) throw notCovered()
    const measured = new Map(latestOf(parts).map((sensor) => [sensor.id, sensor]))
    const sensors = found.sensors.flatMap(({ id, deviceId, device }) => {
      const sensor = measured.get(id)
      // Removed since it was found.
      return sensor === undefined ? [] : [{ ...sensor, deviceId, ...(device && { device }) }]
    })
    return { sensors, total: found.total, types: found.types }
  },
})
