import { z } from 'zod'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import { givenId } from '../../domain/text.ts'
import { takePlace } from '../../http/device-data.ts'
import { managementOperation } from '../../http/management.ts'
import { streamBeginningOf } from '../../store/measurements/streams.ts'
import { access } from '../access.ts'
import { checkGzip, ndjson, openingOf } from '../measurements/opening.ts'
import { askerOf, notCovered } from './asker.ts'

/** How long one lasts: whoever signed out, or whose token was deleted, reads on for no longer. */
const lastsMs = 5 * 60 * 1000

export const streamMeasurements = managementOperation({
  operationId: 'streamMeasurements',
  method: 'GET',
  path: '/organizations/{organizationId}/measurements/live',
  tag: 'devices',
  summary: "An organization's measurements as they come",
  description:
    'The lines of liveMeasurements of the device-data API, under the same rules: from the moment of connecting on, compressed, ended when the right to ' +
    `them ends. Ended, too, after ${lastsMs / 60_000} minutes, for sessions and tokens end: open it again.`,
  access: access.streamMeasurements,
  params: z.object({ organizationId: givenId }),
  answer: { status: 200, file: ndjson },
  problems: ['gzip-required', 'not-covered', 'too-many-streams', 'unavailable'],
  handle: async ({ context, caller, params, request, reply }) => {
    checkGzip(request)
    const asker = askerOf(caller)
    const organizationId = idFrom<OrganizationId>(params.organizationId)
    const place = takePlace(context, asker, 'live', 0)
    try {
      const beginning = await streamBeginningOf(context.db.request, asker, organizationId)
      if (beginning === null) throw notCovered()
      context.streams.openLive({ caller: asker, organizationId }, beginning, {
        ...openingOf(context, request, reply, place),
        lastsMs,
      })
      return undefined
    } catch (error) {
      place.leave()
      throw error
    }
  },
})
