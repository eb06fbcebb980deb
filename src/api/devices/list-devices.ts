import { z } from 'zod'
import { listedDevice, place } from '../../domain/device.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { managementOperation } from '../../http/management.ts'
import { devicePlaces, devicesOf } from '../../store/devices.ts'
import { access } from '../access.ts'
import { askerOf, notCovered } from './asker.ts'

const limitMax = 1000

export const listDevices = managementOperation({
  operationId: 'listDevices',
  method: 'GET',
  path: '/organizations/{organizationId}/devices',
  tag: 'devices',
  summary: "An organization's devices, by label",
  description: "A customer's own, or those of a customer that is valid for the partner.",
  access: access.listDevices,
  params: z.object({ organizationId: givenId }),
  query: z.object({
    search: z.string().max(200).optional().describe('A part of the label, the serial number or the model.'),
    type: z.string().max(200).optional(),
    locationId: givenId.optional().describe('In this location, or below it.'),
    parts: z.enum(['true', 'false']).default('true').describe('false: without those that are parts of other devices.'),
    limit: wholeNumber(1, limitMax).default(200),
  }),
  answer: {
    status: 200,
    schema: z.object({
      devices: z.array(listedDevice),
      total: z.int().describe('How many there are, with those beyond the limit.'),
      types: z.array(z.string()).describe('The types of all devices of the organization.'),
      places: z.array(place).describe('The locations of the organization.'),
    }),
  },
  problems: ['not-covered'],
  objects: ({ devices }) => devices.length,
  handle: async ({ context, caller, params, query: { search, locationId, ...query } }) => {
    const asker = askerOf(caller)
    const organization = idFrom<OrganizationId>(params.organizationId)
    const wanted = {
      ...query,
      parts: query.parts === 'true',
      search: search && idFrom(search.trim()),
      locationId: locationId && idFrom(locationId),
    }
    const found = await devicesOf(context.db.request, asker, organization, { ...wanted, search: wanted.search || undefined })
    if (found === null) throw notCovered()
    return { ...found, ...(await devicePlaces(context.db.request, asker, organization)) }
  },
})
