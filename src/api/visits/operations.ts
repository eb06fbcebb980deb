import type { ManagementOperation } from '../../http/management.ts'
import { beginVisit } from './begin-visit.ts'
import { endVisit } from './end-visit.ts'
import { getVisitSettings } from './get-visit-settings.ts'
import { updateVisitSettings } from './update-visit-settings.ts'

/** Of the vendor's visits, in the order of the document. */
export const visitOperations: readonly ManagementOperation[] = [beginVisit, endVisit, getVisitSettings, updateVisitSettings]
