import { deviceDataOperation } from '../../http/device-data.ts'
import { sendJson } from '../../http/json.ts'
import { coveredOrganizations } from '../../store/organizations.ts'

export const listOrganizations = deviceDataOperation<{ organizations: string; count: number }>({
  operationId: 'listOrganizations',
  path: '/organizations',
  limit: 'organizations',
  check: () => null,
  question: () => coveredOrganizations(),
  covered: 'organizations',
  answer: (row, { reply, access }) => {
    access.objects = row.count
    return sendJson(reply, `{"organizations":[${row.organizations}]}`)
  },
})
