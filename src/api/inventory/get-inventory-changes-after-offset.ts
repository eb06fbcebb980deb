import { changesOperation } from '../../http/changes.ts'
import { inventoryChangesAfter } from '../../store/inventory.ts'

export const getInventoryChangesAfterOffset = changesOperation({
  operationId: 'getInventoryChangesAfterOffset',
  family: 'inventory',
  path: '/organizations/:organizationId/inventory-changes/:offset',
  property: 'inventoryObjectChanges',
  select: inventoryChangesAfter,
})
