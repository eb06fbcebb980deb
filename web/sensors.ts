import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api, type ListedSensor } from './client.ts'

export interface SensorsWanted {
  /** A part of the sensor's name, or of its device's. */
  search: string
  type: string
  locationId: string
  order: SensorOrder
}

/** By name, or by the latest value. */
export const sensorOrders = ['', 'highest', 'lowest'] as const
export type SensorOrder = (typeof sensorOrders)[number]

const prefixes: Record<string, number> = { m: 1e-3, k: 1e3, M: 1e6, G: 1e9 }

/** A sensor's latest number, as it compares with others of its type: 2 kW are more than 300 W. Undefined: it is none. */
export function comparable({ latest, unit = '' }: ListedSensor): number | undefined {
  const [, prefix = ''] = /^([mkMG])(?:W|Wh|VA|VAh|var|V|A|Hz|Pa|J)$/.exec(unit) ?? []
  return latest?.numericValue === undefined ? undefined : latest.numericValue * (prefixes[prefix] ?? 1)
}

/** Sensors in this order: numbers first, all else behind them as it was. */
export function ordered(sensors: ListedSensor[], order: SensorOrder): ListedSensor[] {
  if (order === '') return sensors
  const sign = order === 'highest' ? -1 : 1
  return sensors.toSorted((one, other) => {
    const [a, b] = [comparable(one), comparable(other)]
    return a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : sign * (a - b)
  })
}

/** At once; more than these are narrowed down. */
const sensorsMax = 1000
/** Devices that are looked for by their sensors. */
const namedMax = 500

/** An organization's sensors with their latest values. */
export function organizationSensorsQuery(organizationId: string, { search, type, locationId }: SensorsWanted) {
  const query = { limit: sensorsMax, ...(search && { search }), ...(type && { type }), ...(locationId && { locationId }) }
  return queryOptions({
    queryKey: ['sensors', organizationId, query],
    queryFn: () =>
      answer(api.GET('/api/v1/organizations/{organizationId}/sensors', { params: { path: { organizationId }, query } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
}

/** A sensor by which its device is found. */
export interface NamedSensor {
  id: string
  label: string
}

/** By their devices' ids, the first sensor of each whose own name holds these words. */
export function namedSensorsQuery(organizationId: string, words: string) {
  const query = { search: words, latest: 'false' as const, limit: namedMax }
  return queryOptions({
    queryKey: ['sensors', organizationId, query],
    queryFn: async () => {
      const { sensors } = await answer(
        api.GET('/api/v1/organizations/{organizationId}/sensors', { params: { path: { organizationId }, query } }),
      )
      const named = sensors.filter(({ label }) => label.toLocaleLowerCase().includes(words.toLocaleLowerCase()))
      return new Map(named.reverse().map(({ deviceId, id, label }): [string, NamedSensor] => [deviceId, { id, label }]))
    },
  })
}

/** Where a sensor stands on its device's page: a link with it leads there. */
export const sensorPlace = (sensorId: string) => `sensor-${sensorId}`
