import type { IngestSchemas } from '@assent/client'

// What the ingest API takes, as openapi/ingest.json has it.
export type Batch = IngestSchemas['Batch']
export type DeviceReport = IngestSchemas['DeviceReport']
export type SensorReport = IngestSchemas['SensorReport']
export type AlarmReport = IngestSchemas['AlarmReport']
export type MeasurementsAnswer = IngestSchemas['MeasurementsAnswer']
