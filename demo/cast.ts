import type { CompanyCast } from './building.ts'
import { dayMs } from './dates.ts'
import { foodsPlan, hospitalPlan, logisticsPlan, type OrganizationPlan, universityPlan } from './organizations.ts'
import type { World } from './world-file.ts'

export const vendorCast: CompanyCast = {
  label: 'Ostrivane Works',
  domain: 'ostrivane.example',
  address: '5 Foundry Street, Ostrivane',
  contactPhone: '+1 555 0100',
}

export const partnerCast: CompanyCast = {
  label: 'Quellbrook Monitoring',
  domain: 'quellbrook.example',
  address: '77 Watchtower Lane, Quellbrook',
  contactPhone: '+1 555 0142',
}

/** A customer of the world, and what makes it what it is. Times of the subscription are from the present, in milliseconds. */
export interface CustomerCast {
  plan: OrganizationPlan
  state: World['organizations'][number]['state']
  connected: boolean
  consents: boolean
  subscription: { kind: 'paid' | 'trial'; startsMs: number; endsMs: number }
}

export const customersCast: readonly CustomerCast[] = [
  {
    plan: hospitalPlan,
    state: 'valid',
    connected: true,
    consents: true,
    subscription: { kind: 'paid', startsMs: -90 * dayMs, endsMs: 275 * dayMs },
  },
  {
    plan: foodsPlan,
    state: 'no consent',
    connected: true,
    consents: false,
    subscription: { kind: 'paid', startsMs: -200 * dayMs, endsMs: 165 * dayMs },
  },
  {
    plan: universityPlan,
    state: 'no active subscription',
    connected: true,
    consents: true,
    subscription: { kind: 'trial', startsMs: -42 * dayMs, endsMs: -12 * dayMs },
  },
  {
    plan: logisticsPlan,
    state: 'not connected',
    connected: false,
    consents: false,
    subscription: { kind: 'trial', startsMs: -5 * dayMs, endsMs: 25 * dayMs },
  },
]
