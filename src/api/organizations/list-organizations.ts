import { deviceDataOperation } from '../../http/device-data.ts'
import { sendJson } from '../../http/json.ts'
import { coveredOrganizations } from '../../store/organizations.ts'

export const listOrganizations = deviceDataOperation<{ organizations: string }>({
  operationId: 'listOrganizations',
  path: '/organizations',
  limit: 'organizations',
  check: () => null,
  question: () => coveredOrganizations(),
  covered: 'organizations',
  answer: (row, { reply }) => sendJson(reply, `{"organizations":[${row.organizations}]}`),
})
