/**
 * What one process takes at once: requests of one gateway, of all, and bytes of all their bodies together, as decompressed. A body and what
 * is made of it take up to ten times its bytes, until it is stored: so one of the largest has room, and many usual ones beside it.
 */
export const ingestLimits = {
  atOnceOfOne: 2,
  /** Of one organization's gateways: so that none takes all the places, or all the room. */
  atOnceOfOrganization: 8,
  bytesOfOrganizationMax: 24 * 1024 * 1024,
  atOnceOfAll: 32,
  bytesOfAllMax: 48 * 1024 * 1024,
} as const

/** A request's place among those at once. */
export interface Place {
  /** Takes room for so many bytes more of its body. False where there is none: the request is to be refused. */
  grow(bytes: number): boolean
  /** Gives the place and its room back, when the request is over; as often as you like. */
  leave(): void
}

export type Admission = Place | { retryAfterSeconds: number; busy: 'gateway' | 'server' }

export interface IngestGate {
  admit(gatewayId: string, organizationId: string): Admission
}

export function ingestGate(bounds: typeof ingestLimits = ingestLimits): IngestGate {
  const atOnce = new Map<string, number>()
  const organizations = new Map<string, { requests: number; bytes: number }>()
  let all = 0
  let bytesOfAll = 0

  return {
    admit(gatewayId, organizationId) {
      const organization = organizations.get(organizationId) ?? { requests: 0, bytes: 0 }
      const own = atOnce.get(gatewayId) ?? 0
      if (own >= bounds.atOnceOfOne) return { retryAfterSeconds: 1, busy: 'gateway' }
      if (organization.requests >= bounds.atOnceOfOrganization) return { retryAfterSeconds: 1, busy: 'gateway' }
      if (all >= bounds.atOnceOfAll) return { retryAfterSeconds: 2, busy: 'server' }
      atOnce.set(gatewayId, own + 1)
      all += 1
      organization.requests += 1
      organizations.set(organizationId, organization)
      let over = false
      let held = 0
      return {
        grow: (bytes) => {
          if (over || bytesOfAll + bytes > bounds.bytesOfAllMax) return false
          if (organization.bytes + bytes > bounds.bytesOfOrganizationMax) return false
          held += bytes
          organization.bytes += bytes
          bytesOfAll += bytes
          return true
        },
        leave: () => {
          if (over) return
          over = true
          all -= 1
          bytesOfAll -= held
          organization.bytes -= held
          organization.requests -= 1
          if (organization.requests === 0) organizations.delete(organizationId)
          const left = (atOnce.get(gatewayId) ?? 1) - 1
          if (left === 0) atOnce.delete(gatewayId)
          else atOnce.set(gatewayId, left)
        },
      }
    },
  }
}
