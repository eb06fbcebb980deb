import type { DeviceReport, InventoryReport, LocationReport } from '../batch.ts'
import { type BadRecord, pointerTo } from '../batch-errors.ts'

/** A named record and where it stands in the batch. */
export interface Named<Report> {
  report: Report
  path: readonly [string, string, number]
}

/** An inventory whose records hold together: each list with the whole before its parts. */
export interface InventoryShape {
  errors: BadRecord[]
  locations: Named<LocationReport>[]
  devices: Named<DeviceReport>[]
}

/**
 * Checks what can be said of an inventory's names. `known` are the names that a partial report may lean on, without those that it
 * removes: none for a full one.
 */
export function inventoryShape(
  report: InventoryReport,
  known: { locations: ReadonlySet<string>; devices: ReadonlySet<string> },
): InventoryShape {
  const errors: BadRecord[] = []
  const locations = report.locations.map((one, index) => ({ report: one, path: ['inventory', 'locations', index] as const }))
  const devices = report.devices.map((one, index) => ({ report: one, path: ['inventory', 'devices', index] as const }))
  const locationRefs = refsOf(locations, new Map(), errors)
  const deviceRefs = refsOf(devices, locationRefs, errors)
  checkRemoved(report, new Map([...locationRefs, ...deviceRefs]), errors)

  const advice = report.full ? 'name it in this batch' : 'name it in this batch or before'
  for (const { report: location, path } of locations) {
    if (location.parentRef === undefined || locationRefs.has(location.parentRef) || known.locations.has(location.parentRef))
      continue
    errors.push({ pointer: pointerTo(...path, 'parentRef'), detail: `there is no location "${location.parentRef}": ${advice}` })
  }
  for (const { report: device, path } of devices) {
    const { parentRef, locationRef } = device
    if (parentRef !== undefined && !deviceRefs.has(parentRef) && !known.devices.has(parentRef)) {
      errors.push({ pointer: pointerTo(...path, 'parentRef'), detail: `there is no device "${parentRef}": ${advice}` })
    }
    if (locationRef !== undefined && !locationRefs.has(locationRef) && !known.locations.has(locationRef)) {
      errors.push({ pointer: pointerTo(...path, 'locationRef'), detail: `there is no location "${locationRef}": ${advice}` })
    }
  }
  return { errors, locations: wholesFirst(locations, errors), devices: wholesFirst(devices, errors) }
}

function refsOf<Report extends { ref: string }>(
  named: readonly Named<Report>[],
  others: ReadonlyMap<string, string>,
  errors: BadRecord[],
): Map<string, string> {
  const refs = new Map<string, string>()
  for (const { report, path } of named) {
    const former = refs.get(report.ref) ?? others.get(report.ref)
    if (former === undefined) refs.set(report.ref, pointerTo(...path))
    else errors.push({ pointer: pointerTo(...path, 'ref'), detail: `is the ref of ${former} too: give each its own` })
  }
  return refs
}

function checkRemoved(report: InventoryReport, named: ReadonlyMap<string, string>, errors: BadRecord[]): void {
  if (report.full && report.removed !== undefined) {
    errors.push({
      pointer: '/inventory/removed',
      detail: 'has no place in a full inventory, which names all there is: leave it out',
    })
  }
  for (const [index, ref] of (report.removed ?? []).entries()) {
    const place = named.get(ref)
    if (place !== undefined) {
      errors.push({ pointer: pointerTo('inventory', 'removed', index), detail: `is named by ${place} too: name it once` })
    }
  }
}

/** The records, each after the one that its parentRef names. Those in a circle are bad, and left out. */
function wholesFirst<Report extends { ref: string; parentRef?: string | undefined }>(
  named: readonly Named<Report>[],
  errors: BadRecord[],
): Named<Report>[] {
  const byRef = new Map(named.map((one) => [one.report.ref, one]))
  const ordered = new Set<Named<Report>>()
  for (const start of named) {
    const line: Named<Report>[] = []
    const inLine = new Set<Named<Report>>()
    for (let one: Named<Report> | undefined = start; one && !ordered.has(one); one = parentOf(one, byRef)) {
      if (inLine.has(one)) {
        if (one === start)
          errors.push({ pointer: pointerTo(...start.path, 'parentRef'), detail: 'leads back to itself: break the circle' })
        line.length = 0
        break
      }
      inLine.add(one)
      line.push(one)
    }
    for (const one of line.reverse()) ordered.add(one)
  }
  return [...ordered]
}

function parentOf<Report extends { parentRef?: string | undefined }>(
  one: Named<Report>,
  byRef: ReadonlyMap<string, Named<Report>>,
) {
  return one.report.parentRef === undefined ? undefined : byRef.get(one.report.parentRef)
}
