import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { problemText } from '../client.ts'
import { customerQuery } from '../customers.ts'
import { isNotThere } from '../devices.ts'
import { inventoryQuery } from '../inventory.ts'
import { paths } from '../paths.ts'
import { useMayEdit, useSession } from '../session.ts'
import { inventoryTexts as texts } from '../texts/inventory.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { AddLocation } from './inventory/add-location.tsx'
import { InventoryBrowser } from './inventory/inventory-browser.tsx'
import { treeOf } from './inventory/tree-model.ts'
import { NotSeen } from './not-seen.tsx'

/** The locations and devices of the customer that is signed in, or of a valid customer of the partner. */
export function InventoryPage() {
  const { company } = useSession()
  const { organizationId } = useParams({ strict: false })
  const own = organizationId ?? company.id
  const inventory = useQuery(inventoryQuery(own))
  const { data } = inventory
  const tree = useMemo(() => data && treeOf(data), [data])
  const mayEdit = useMayEdit(own)
  const customer = useQuery({ ...customerQuery(own), enabled: organizationId !== undefined }).data
  const up = organizationId && (
    <TextLink to={paths.customer} params={{ organizationId }}>
      {customer?.label ?? texts.up}
    </TextLink>
  )
  if (isNotThere(inventory.error)) {
    return <NotSeen error={inventory.error} customerId={organizationId} />
  }
  return (
    <Page
      title={texts.title}
      lead={organizationId ? texts.leadOf(customer?.label) : texts.lead}
      up={up}
      action={mayEdit && tree && <AddLocation organizationId={own} tree={tree} />}
    >
      <Loaded query={inventory} problemText={problemText}>
        {() =>
          tree === undefined || tree.byId.size === 0 ? (
            <Empty title={texts.empty.title}>{organizationId ? texts.empty.textOf : texts.empty.text}</Empty>
          ) : (
            <InventoryBrowser key={own} organizationId={own} tree={tree} />
          )
        }
      </Loaded>
    </Page>
  )
}
