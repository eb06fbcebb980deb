import { useSyncExternalStore } from 'react'
import { everything, type TreeNode, type TreeWanted } from './tree-model.ts'

/** What somebody looks for in a tree, has opened and closed, and stands on. */
export interface Looked {
  wanted: TreeWanted
  toggled: ReadonlyMap<string, boolean>
  activeId: string | undefined
}

/** How each organization's tree was left, for whoever comes back to it from a device's page. */
const left = new Map<string, Looked>()
const unlooked: Looked = { wanted: everything, toggled: new Map(), activeId: undefined }
/** Called whenever one of them is another one. */
const onChange = new Set<() => void>()

/** How an organization's tree stands: as its reader left it, or as the palette made it while it was shown. */
export function useLooked(organizationId: string): Looked {
  return useSyncExternalStore(listen, () => lookedNow(organizationId))
}

function listen(changed: () => void): () => void {
  onChange.add(changed)
  return () => onChange.delete(changed)
}

function lookedNow(organizationId: string): Looked {
  return left.get(organizationId) ?? unlooked
}

/** One click may change two things: each builds on the one before, not on what was drawn. */
export function changeLooked(organizationId: string, change: (before: Looked) => Partial<Looked>): void {
  const before = lookedNow(organizationId)
  left.set(organizationId, { ...before, ...change(before) })
  for (const changed of onChange) changed()
}

/** Makes the tree show a node: at once where it is shown, or when it is gone to next. */
export function showInInventory(organizationId: string, node: TreeNode): void {
  changeLooked(organizationId, ({ toggled: before }) => {
    const toggled = new Map(before).set(node.id, true)
    for (let one = node.parent; one; one = one.parent) toggled.set(one.id, true)
    return { wanted: everything, toggled, activeId: node.id }
  })
}
