/**
 * Files of src/store whose statements name the base tables of device data, each with the reason. Such a statement sees every
 * organization: it works as the owner, never for a request. The list may only shrink; `systemFilesMax` is its length, and only
 * ever lowered.
 */
export const systemFiles: Readonly<Record<string, string>> = {
  'src/store/ingest/alarms.ts': "stores a gateway's alarms",
  'src/store/ingest/departures.ts': 'removes what went with a device',
  'src/store/ingest/heads.ts': "takes and moves the heads of an organization's feeds",
  'src/store/ingest/inventory.ts': "stores a gateway's devices and locations",
  'src/store/ingest/purge.ts': 'forgets deletions that are no longer kept',
  'src/store/ingest/references.ts': "knows a gateway's own references again",
  'src/store/ingest/sensors.ts': "stores a gateway's sensors",
  'src/store/measurements/append.ts': "stores a gateway's measurements",
  'src/store/measurements/roll-ups.ts': "makes each organization's roll-ups",
  'src/store/restore.ts': 'moves every head past the offsets that were handed out before the backup',
}

export const systemFilesMax = 10
