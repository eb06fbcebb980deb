import type { ChangeOffset } from '../../domain/ids.ts'
import { changesBody, offsetIn } from '../../http/changes.ts'
import { deviceDataOperation } from '../../http/device-data.ts'
import { sendJson } from '../../http/json.ts'
import { organizationChangesAfter } from '../../store/coverage-feed.ts'
import type { ChangesRow } from '../../store/feeds.ts'

export const getOrganizationChangesAfterOffset = deviceDataOperation<ChangesRow, ChangeOffset>({
  operationId: 'getOrganizationChangesAfterOffset',
  path: '/organization-changes/:offset',
  limit: 'changes',
  check: offsetIn,
  question: ({ checked }) => organizationChangesAfter(checked),
  covered: 'head',
  answer: (row, { reply, checked }) => sendJson(reply, changesBody('organizationChanges', row, checked)),
})
