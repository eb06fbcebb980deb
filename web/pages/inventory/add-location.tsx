import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { inventoryTexts as texts } from '../../texts/inventory.ts'
import type { Tree } from './tree-model.ts'

const NewLocation = lazy(async () => ({ default: (await import('./location-form.tsx')).NewLocation }))

/** The button that makes a location. */
export function AddLocation({ organizationId, tree }: { organizationId: string; tree: Tree }) {
  const [adding, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button onClick={open}>{texts.addLocation}</Button>
      <Suspense>{adding && <NewLocation organizationId={organizationId} tree={tree} onClose={close} />}</Suspense>
    </>
  )
}
