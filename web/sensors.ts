import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import { isNotThere } from './devices.ts'

export interface SensorsWanted {
  /** A part of the sensor's name, or of its device's. */
  search: string
  type: string
  locationId: string
  order: SensorOrder
}

/** By name; by the latest value, device or location; or by when it was measured. */
export const sensorOrders = ['', 'highest', 'lowest', 'device', 'location', 'newest', 'oldest'] as const
export type SensorOrder = (typeof sensorOrders)[number]

/** At once; more than these are narrowed down. */
export const sensorsMax = 1000
/** Devices that are looked for by their sensors. */
export const namedMax = 500

/** An organization's sensors with their latest values. */
export function organizationSensorsQuery(organizationId: string, { search, type, locationId }: SensorsWanted) {
  const query = { limit: sensorsMax, ...(search && { search }), ...(type && { type }), ...(locationId && { locationId }) }
  return queryOptions({
    queryKey: ['sensors', organizationId, query],
    queryFn: () =>
      answer(api.GET('/api/v1/organizations/{organizationId}/sensors', { params: { path: { organizationId }, query } })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => !isNotThere(state.error) && 60_000,
  })
}

/** A sensor by which its device is found. */
export interface NamedSensor {
  id: string
  label: string
}

/** By their devices' ids, the first sensor of each whose own name holds these words; and whether there may be more such sensors than were looked at. */
export function namedSensorsQuery(organizationId: string, words: string) {
  const query = { search: words, latest: 'false' as const, limit: namedMax }
  return queryOptions({
    queryKey: ['sensors', organizationId, query],
    queryFn: async () => {
      const { sensors, total } = await answer(
        api.GET('/api/v1/organizations/{organizationId}/sensors', { params: { path: { organizationId }, query } }),
      )
      const named = sensors.filter(({ label }) => label.toLocaleLowerCase().includes(words.toLocaleLowerCase()))
      const first = new Map(named.toReversed().map(({ deviceId, id, label }): [string, NamedSensor] => [deviceId, { id, label }]))
      // Those whose own name holds the words come first.
      return { first, more: named.length === sensors.length && sensors.length < total }
    },
  })
}

/** Where a sensor stands on its device's page: a link with it leads there. */
export const sensorPlace = (sensorId: string) => `sensor-${sensorId}`
