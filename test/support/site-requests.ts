import { randomBytes } from 'node:crypto'
import type { Owner, Parts } from './management-requests.ts'

/** Requests of the operations about an organization's sites, a part of the management API's. */
export function siteRequests(): Record<string, (owner: Owner) => Promise<Parts>> {
  const text = () => randomBytes(6).toString('hex')
  const ofOrganization = async ({ customer }: Owner) => ({ organizationId: customer.id })
  const ofAlarm = async ({ customer, portal }: Owner) => {
    const { alarms } = await portal.send<{ alarms: { id: string }[] }>('GET', `/organizations/${customer.id}/alarms`)
    return { organizationId: customer.id, alarmId: alarms[0]?.id as string }
  }
  const ofFreshLocation = async ({ customer }: Owner) => {
    const body = { label: text(), type: 'ROOM' }
    const { id } = await customer.portal.send<{ id: string }>('POST', `/organizations/${customer.id}/locations`, body)
    return { organizationId: customer.id, locationId: id }
  }
  return {
    getSiteState: async (owner) => ({ params: await ofOrganization(owner) }),
    getInventoryTree: async (owner) => ({ params: await ofOrganization(owner) }),
    createLocation: async (owner) => ({ params: await ofOrganization(owner), body: { label: text(), type: 'ROOM' } }),
    updateLocation: async (owner) => ({ params: await ofFreshLocation(owner), body: { label: text() } }),
    removeLocation: async (owner) => ({ params: await ofFreshLocation(owner) }),
    listOrganizationSensors: async (owner) => ({ params: await ofOrganization(owner) }),
    listOrganizationAlarms: async (owner) => ({ params: await ofOrganization(owner) }),
    getAlarm: async (owner) => ({ params: await ofAlarm(owner) }),
    acknowledgeAlarm: async (owner) => ({ params: await ofAlarm(owner), body: { note: text() } }),
    getAlarmMails: async () => ({}),
    setAlarmMails: async () => ({ body: { severity: 'CRITICAL', cleared: false } }),
    removeAlarmMails: async () => ({}),
    stopAlarmMails: async () => ({}),
    withdrawAcknowledgement: async (owner) => ({ params: await ofAlarm(owner) }),
  }
}
