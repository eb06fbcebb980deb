import { listOperation } from '../../http/lists.ts'
import { inventoryList } from '../../store/inventory.ts'

export const listInventory = listOperation({
  operationId: 'listInventory',
  family: 'inventory',
  path: '/organizations/:organizationId/inventory',
  property: 'inventoryObjects',
  select: inventoryList,
})
