import type { ManagementOperation } from '../http/management.ts'
import { getAlarmMails } from './alarm-mails/get-alarm-mails.ts'
import { removeAlarmMails } from './alarm-mails/remove-alarm-mails.ts'
import { setAlarmMails } from './alarm-mails/set-alarm-mails.ts'
import { stopAlarmMails } from './alarm-mails/stop-alarm-mails.ts'
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
import { listOrganizationSensors } from './sensors/list-organization-sensors.ts'

/** How an organization's sites stand, and what its people change of them: a part of the management API. */
export const siteOperations: readonly ManagementOperation[] = [
  getSiteState,
  getInventoryTree,
  createLocation,
  updateLocation,
  removeLocation,
  updateDevice,
  listOrganizationSensors,
  listOrganizationAlarms,
  getAlarm,
  acknowledgeAlarm,
  withdrawAcknowledgement,
  getAlarmMails,
  setAlarmMails,
  removeAlarmMails,
  stopAlarmMails,
]
