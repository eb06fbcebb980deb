import { bearer, type Caller, mistyped, otherSecret, type Scene, strange } from './access-scene.ts'

/** Those who send to the ingest API, or try to: gateways in every state, and all callers of the other APIs. */
export async function ingestCallers({ door, callers: known, customer, partner }: Scene): Promise<Record<string, Caller>> {
  const made = await door.gateway(customer.portal, 'Ingest')
  const removed = await door.gateway(customer.portal, 'Removed')
  await customer.portal.send('DELETE', `/gateways/${removed.id}`)
  const gatewayOf = async (name: string, end: (id: string, subscription: string) => Promise<unknown>) => {
    const other = await door.customer(name, partner)
    const { token } = await door.gateway(other.portal)
    await end(other.id, other.subscriptionId as string)
    return { token, other }
  }
  const lapsed = await gatewayOf('Lapsed site', (_, id) => door.vendor('POST', `/subscriptions/${id}/termination`))
  const suspended = await gatewayOf('Suspended site', (id) => door.vendor('PUT', `/companies/${id}/suspension`))
  const withdrawn = await gatewayOf('Withdrawn site', async () => {})
  await withdrawn.other.portal.send('DELETE', `/partnerships/${withdrawn.other.partnershipId}/consent`)
  return {
    ...known,
    nobody: { headers: {} },
    gateway: bearer(made.token),
    'malformed token': bearer(mistyped(made.token)),
    'unknown token': bearer(strange('gw_')),
    'known id, other secret': bearer(otherSecret(made.token, 'gw_')),
    'removed gateway': bearer(removed.token),
    'gateway of a lapsed customer': bearer(lapsed.token),
    'gateway of a suspended customer': bearer(suspended.token),
    'gateway of a customer whose consent is withdrawn': bearer(withdrawn.token),
  }
}
