import type { Parts } from './management-requests.ts'

const nothing = async () => ({})

/** What the vendor asks about the whole installation, and of its visits. A session that began one goes on viewing: it has to be one of its own. */
export function vendorRequests(ofFreshCompany: () => Promise<Record<string, string>>): Record<string, () => Promise<Parts>> {
  return {
    beginVisit: async () => ({ params: await ofFreshCompany(), body: { reason: 'Asked by telephone.' } }),
    endVisit: nothing,
    getVisitSettings: nothing,
    updateVisitSettings: async () => ({ body: { allowed: true } }),
    listPartnerships: nothing,
    exportPartnerships: nothing,
    getInstallation: nothing,
    getInstallationState: nothing,
    getLimits: nothing,
    getRetention: nothing,
  }
}
