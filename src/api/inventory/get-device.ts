import { type DeviceId, idFrom } from '../../domain/ids.ts'
import { deviceDataOperation } from '../../http/device-data.ts'
import { sendJson } from '../../http/json.ts'
import { problem } from '../../http/problem.ts'
import { type DeviceRow, deviceWithAncestors } from '../../store/inventory.ts'

export const getDevice = deviceDataOperation<DeviceRow, DeviceId>({
  operationId: 'getDevice',
  path: '/organizations/:organizationId/inventory/:deviceId',
  limit: 'device',
  check: (request) => idFrom<DeviceId>((request.params as { deviceId?: string }).deviceId ?? ''),
  question: ({ organization, checked }) => deviceWithAncestors(organization, checked),
  covered: 'organization',
  answer: (row, { reply, access }) => {
    if (row.device === null) throw problem('device-not-found')
    access.objects = 1
    const ancestors = [...(row.ancestors === null ? [] : [row.ancestors]), row.organization].join(',')
    return sendJson(reply, `{"device":${row.device},"ancestors":[${ancestors}]}`)
  },
})
