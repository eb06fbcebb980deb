import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useMayEdit } from '../../session.ts'
import { inventoryTexts as texts } from '../../texts/inventory.ts'
import { DeviceLink } from '../device/device-link.tsx'
import styles from './node-actions.module.css'
import { pathOf, type Tree, type TreeNode } from './tree-model.ts'

const EditLocation = lazy(async () => ({ default: (await import('./location-form.tsx')).EditLocation }))
const RemoveLocation = lazy(async () => ({ default: (await import('./remove-location.tsx')).RemoveLocation }))
const EditDevice = lazy(async () => ({ default: (await import('../device/edit-device.tsx')).EditDevice }))

/** Which row of the tree has the focus, and what can be done with it. */
export function NodeActions({ organizationId, tree, node }: { organizationId: string; tree: Tree; node: TreeNode }) {
  const mayEdit = useMayEdit(organizationId)
  const [editing, edit] = useDisclosure(false)
  const [removing, remove] = useDisclosure(false)
  const isOwn = node.location?.madeBy === 'person'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields
    <div role="group" aria-label={texts.actions(node.label)} className={styles.bar}>
      <span className={styles.path}>{pathOf(node).join(' › ')}</span>
      {node.device && <DeviceLink deviceId={node.id}>{texts.open}</DeviceLink>}
      {mayEdit && (
        <Button variant="default" size="xs" aria-label={texts.editNamed(node.label)} onClick={edit.open}>
          {texts.edit}
        </Button>
      )}
      {mayEdit && isOwn && (
        <Button variant="default" size="xs" aria-label={texts.removeNamed(node.label)} onClick={remove.open}>
          {texts.remove}
        </Button>
      )}
      <Suspense>
        {editing && node.location && (
          <EditLocation organizationId={organizationId} tree={tree} location={node.location} onClose={edit.close} />
        )}
        {editing && node.device && <EditDevice organizationId={organizationId} deviceId={node.id} onClose={edit.close} />}
        {removing && node.location && (
          <RemoveLocation organizationId={organizationId} location={node.location} onClose={remove.close} />
        )}
      </Suspense>
    </div>
  )
}
