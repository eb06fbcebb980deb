import { deviceDataOperation } from '../../http/device-data.ts'
import type { Place } from '../../measurements/places.ts'
import type { Beginning } from '../../measurements/streams.ts'
import { streamBeginning } from '../../store/measurements/streams.ts'
import { checkGzip, openingOf } from './opening.ts'

export const liveMeasurements = deviceDataOperation<Beginning>({
  operationId: 'liveMeasurements',
  path: '/organizations/:organizationId/measurements/live',
  limit: 'stream',
  stream: 'live',
  check: (request) => {
    checkGzip(request)
    return null
  },
  question: ({ organization }) => streamBeginning(organization),
  covered: 'seq',
  answer: (beginning, { context, request, reply, organization, caller, place }) => {
    context.streams.openLive(
      { caller, organizationId: organization },
      beginning,
      openingOf(context, request, reply, place as Place),
    )
    return reply
  },
})
