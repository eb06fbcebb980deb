import { everything, type TreeNode, type TreeWanted } from './tree-model.ts'

/** What somebody looks for in a tree, has opened and closed, and stands on. */
export interface Looked {
  wanted: TreeWanted
  toggled: ReadonlyMap<string, boolean>
  activeId: string | undefined
}

/** How each organization's tree was left, for whoever comes back to it from a device's page. */
const left = new Map<string, Looked>()

export function lookedBefore(organizationId: string): Looked {
  return left.get(organizationId) ?? { wanted: everything, toggled: new Map(), activeId: undefined }
}

export function keepLooked(organizationId: string, looked: Looked): void {
  left.set(organizationId, looked)
}

/** Makes the tree show a node when it is gone to next. */
export function showInInventory(organizationId: string, node: TreeNode): void {
  const toggled = new Map(lookedBefore(organizationId).toggled)
  toggled.set(node.id, true)
  for (let one = node.parent; one; one = one.parent) toggled.set(one.id, true)
  keepLooked(organizationId, { wanted: everything, toggled, activeId: node.id })
}
