import type { FastifyRequest } from 'fastify'
import { idFrom, type OrganizationId } from '../domain/ids.ts'
import type { AccessUnderWay } from './access-record.ts'

/** Below it lies device data: who reads them for another company is noted, and no operation can leave that out. */
const dataPath = '/organizations/{organizationId}/'

/** Whether an operation's path lies where device data are. */
export function isOfDeviceData({ path }: { path: string }): boolean {
  return path.startsWith(dataPath)
}

/** What a member's request for device data is noted as. Null: for no such data, or by the organization's own people, who are not watched. */
export function memberAccess(
  { path, operationId }: { path: string; operationId: string },
  request: FastifyRequest,
): AccessUnderWay | null {
  const { caller } = request
  if (!isOfDeviceData({ path }) || caller === null || !('company' in caller) || caller.personId === null) return null
  const organizationId = idFrom<OrganizationId>((request.params as { organizationId: string }).organizationId)
  if (caller.company.id === organizationId) return null
  const who = { companyId: caller.company.id, readerKind: 'person', readerId: caller.personId } as const
  return { organizationId, ...who, operation: operationId, address: request.ip, objects: 0 }
}
