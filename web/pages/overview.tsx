import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react'
import type { CompanyKind } from '../paths.ts'
import { useSession } from '../session.ts'
import { Loading } from '../ui/query.tsx'

/** What each kind of company finds first; those that have no overview begin with another page. */
const overviews: Partial<Record<CompanyKind, LazyExoticComponent<ComponentType>>> = {
  customer: lazy(async () => ({ default: (await import('./overview/customer-overview.tsx')).CustomerOverview })),
  partner: lazy(async () => ({ default: (await import('./overview/partner.tsx')).PartnerOverview })),
}

/** The first page after signing in. */
export function OverviewPage() {
  const Overview = overviews[useSession().company.kind]
  return <Suspense fallback={<Loading />}>{Overview && <Overview />}</Suspense>
}
