/** What the ingest API takes, as openapi/ingest.json has it. */
export interface Batch {
  batchId: string
  inventory?: { full: boolean; locations: LocationReport[]; devices: DeviceReport[] }
  sensors?: { full: boolean; sensors: SensorReport[] }
  alarms?: AlarmReport[]
}

export interface LocationReport {
  ref: string
  type: string
  label: string
}

export interface DeviceReport {
  ref: string
  type: string
  label: string
  locationRef?: string
  serialNumber?: string
  modelName?: string
  manufacturer?: string
  firmwareVersion?: string
  macAddress?: string
}

export interface SensorReport {
  ref: string
  deviceRef: string
  label: string
  type: string
  unit?: string
}

export interface AlarmReport {
  ref: string
  deviceRef: string
  label: string
  message: string
  severity: 'WARNING' | 'CRITICAL' | 'ERROR'
  activatedTime: string
  clearedTime?: string
}
