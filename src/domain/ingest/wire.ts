import type { AlarmReport, DeviceReport, LocationReport, SensorReport } from '../batch.ts'

/** What of a location does not come from its place in the tree. */
export type LocationAttributes = Omit<LocationReport, 'ref' | 'parentRef'>
export type DeviceAttributes = Omit<DeviceReport, 'ref' | 'parentRef' | 'locationRef'>
export type SensorAttributes = Omit<SensorReport, 'ref' | 'deviceRef'>
export type AlarmAttributes = Omit<AlarmReport, 'ref' | 'deviceRef' | 'activatedTime' | 'clearedTime'>

// The device-data API passes these texts on unread (contract, section 3). A property without a value is left out: JSON.stringify
// does that. The order of the properties is fixed, so that what says the same is the same text, and keeps its offset (I6).

export function locationJson(id: string, parentId: string | null, from: LocationAttributes): string {
  return JSON.stringify({
    inventoryObjectType: 'Location',
    id,
    label: from.label,
    type: from.type,
    parentId: parentId ?? undefined,
    address: from.address,
  })
}

export function deviceJson(
  id: string,
  place: { parentId: string | null; locationId: string | null; gatewayIds: readonly string[] },
  from: DeviceAttributes,
): string {
  return JSON.stringify({
    inventoryObjectType: 'Device',
    id,
    label: from.label,
    type: from.type,
    parentId: place.parentId ?? undefined,
    locationId: place.locationId ?? undefined,
    gatewayIds: place.gatewayIds,
    manufacturer: from.manufacturer,
    modelName: from.modelName,
    serialNumber: from.serialNumber,
    firmwareVersion: from.firmwareVersion,
    ipAddress: from.ipAddress,
    macAddress: from.macAddress,
    warrantyExpirationDate: from.warrantyExpirationDate,
    lastServiceDate: from.lastServiceDate,
    serviceDueDate: from.serviceDueDate,
    deviceNote: from.deviceNote,
  })
}

export function sensorJson(id: string, deviceId: string, from: SensorAttributes): string {
  return JSON.stringify({ id, deviceId, label: from.label, type: from.type, unit: from.unit })
}

export function alarmJson(
  id: string,
  deviceId: string,
  from: AlarmAttributes,
  state: { activatedTime: string; clearedTime: string | null; reactivations: number },
): string {
  return JSON.stringify({
    id,
    deviceId,
    label: from.label,
    message: from.message,
    severity: from.severity,
    activatedTime: state.activatedTime,
    clearedTime: state.clearedTime ?? undefined,
    alarmReactivationCount: state.reactivations,
  })
}
