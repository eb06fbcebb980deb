import type { ManagementOperation } from '../http/management.ts'
import { acknowledgeAlarm } from './alarms/acknowledge-alarm.ts'
import { getAlarm } from './alarms/get-alarm.ts'
import { listOrganizationAlarms } from './alarms/list-organization-alarms.ts'
import { withdrawAcknowledgement } from './alarms/withdraw-acknowledgement.ts'
import { updateDevice } from './devices/update-device.ts'
import { getInventoryTree } from './inventory/get-inventory-tree.ts'
import { createLocation } from './locations/create-location.ts'
import { removeLocation } from './locations/remove-location.ts'
import { updateLocation } from './locations/update-location.ts'
import { getSiteState } from './organizations/get-site-state.ts'

/** How an organization's sites stand, and what its people change of them: a part of the management API. */
export const siteOperations: readonly ManagementOperation[] = [
  getSiteState,
  getInventoryTree,
  createLocation,
  updateLocation,
  removeLocation,
  updateDevice,
  listOrganizationAlarms,
  getAlarm,
  acknowledgeAlarm,
  withdrawAcknowledgement,
]
