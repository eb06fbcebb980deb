import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { customersQuery } from '../../customers.ts'
import { gatewaysTexts as texts } from '../../texts/gateways.ts'

/** Says above all else for whom one acts. */
export function ActingFor({ organizationId }: { organizationId: string }) {
  const { data } = useQuery(customersQuery)
  const label = data?.customers.find((customer) => customer.organizationId === organizationId)?.label
  return (
    <Alert role="note" variant="outline" title={texts.acting(label ?? texts.anotherCompany)} mb="lg">
      {texts.actingText}
    </Alert>
  )
}
