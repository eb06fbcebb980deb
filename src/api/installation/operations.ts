import type { ManagementOperation } from '../../http/management.ts'
import { downloadBackup } from './download-backup.ts'
import { getInstallation } from './get-installation.ts'
import { getInstallationState } from './get-installation-state.ts'
import { getLimits } from './get-limits.ts'
import { getRetention } from './get-retention.ts'
import { updateInstallation } from './update-installation.ts'

/** Of the installation as a whole, in the order of the document. */
export const installationOperations: readonly ManagementOperation[] = [
  getInstallation,
  getInstallationState,
  getLimits,
  getRetention,
  updateInstallation,
  downloadBackup,
]
