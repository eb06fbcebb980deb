import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiProblem, answer, api, type InventoryTree, type SiteState } from './client.ts'

/**
 * All locations and devices of an organization. What is there is asked for again only where it has changed: thousands of devices are not read, nor
 * drawn, anew each minute.
 */
export function inventoryQuery(organizationId: string) {
  const queryKey = ['inventory', organizationId]
  return queryOptions({
    queryKey,
    queryFn: async ({ client }): Promise<InventoryTree> => {
      const had = client.getQueryData<InventoryTree>(queryKey)
      const call = await api
        .GET('/api/v1/organizations/{organizationId}/inventory-tree', {
          params: { path: { organizationId } },
          ...(had && { headers: { 'if-none-match': `"${had.version}"` } }),
        })
        .catch(() => null)
      if (had && call?.response.status === 304) {
        return had
      }
      return answer(call ? Promise.resolve(call) : Promise.reject(new ApiProblem(unreachable)))
    },
    structuralSharing: false,
    refetchInterval: 30_000,
  })
}

const unreachable = { status: 0, code: 'unreachable', title: '', detail: '' }

/** How the sites of an organization stand: active alarms, contact with the gateways. */
export function siteStateQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['site state', organizationId],
    queryFn: (): Promise<SiteState> =>
      answer(api.GET('/api/v1/organizations/{organizationId}/state', { params: { path: { organizationId } } })),
    refetchInterval: 15_000,
  })
}

/** After a change of an inventory: everything that shows it is asked for again. */
export async function inventoryChanged(queryClient: QueryClient, organizationId: string): Promise<void> {
  await Promise.all(
    ['inventory', 'site state', 'devices', 'alarms'].map((noun) =>
      queryClient.invalidateQueries({ queryKey: [noun, organizationId] }),
    ),
  )
}
