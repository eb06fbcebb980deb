import { useQuery } from '@tanstack/react-query'
import type { Customer } from '../client.ts'
import { customerQuery } from '../customers.ts'
import { isClosed, isNotThere } from '../devices.ts'
import { paths } from '../paths.ts'
import { closedTexts as texts } from '../texts/closed.ts'
import { Page } from '../ui/page.tsx'
import { Loading } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { PageNotFound } from './page-not-found.tsx'

interface NotSeenProps {
  error: unknown
  /** Undefined: it was to be of one's own company. */
  customerId: string | undefined
}

/** In the place of what is not there, or closed to who asks: of a customer whose data are closed, the way to where it says why. */
export function NotSeen({ error, customerId = '' }: NotSeenProps) {
  const isOfCustomer = customerId !== '' && isClosed(error)
  const customer = useQuery({ ...customerQuery(customerId), enabled: isOfCustomer })
  if (!isOfCustomer || isNotThere(customer.error)) {
    return <PageNotFound />
  }
  // Until then nobody knows which of both it is.
  if (customer.isPending) {
    return <Loading />
  }
  return <Closed customer={{ organizationId: customerId, reasons: customer.data?.reasons ?? [] }} />
}

/** In the place of a customer's data that are closed. */
export function Closed({ customer: { organizationId, reasons } }: { customer: Pick<Customer, 'organizationId' | 'reasons'> }) {
  return (
    <Page title={texts.title} lead={texts.lead}>
      <TextLink to={paths.customer} params={{ organizationId }}>
        {reasons.some((reason) => reason.includes('consent')) ? texts.ask : texts.why}
      </TextLink>
    </Page>
  )
}
