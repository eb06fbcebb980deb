import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { LiveMeasurements } from '../../live.ts'

/** The live values of these sensors, and how the stream stands: one stream for the page, open while it shows. */
export function useLive(organizationId: string, sensorIds: string) {
  const client = useQueryClient()
  const live = useMemo(
    () =>
      new LiveMeasurements(organizationId, sensorIds.split(' '), (first) => {
        const queryKey = first ? ['devices', organizationId, 'sensors'] : ['devices', organizationId]
        void client.invalidateQueries({ queryKey })
      }),
    [client, organizationId, sensorIds],
  )
  return {
    values: useSyncExternalStore(live.subscribe, live.values),
    state: useSyncExternalStore(live.subscribe, live.state),
  }
}
