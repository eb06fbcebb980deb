import type { ManagementOperation } from '../../http/management.ts'
import { exportAccesses } from './export-accesses.ts'
import { listAccessReaders } from './list-access-readers.ts'
import { listAccesses } from './list-accesses.ts'
import { sumAccesses } from './sum-accesses.ts'

export const accessOperations: readonly ManagementOperation[] = [listAccesses, sumAccesses, listAccessReaders, exportAccesses]
