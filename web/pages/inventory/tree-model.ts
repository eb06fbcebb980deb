import type { InventoryTree, Severity, SiteState, TreeDevice, TreeLocation } from '../../client.ts'
import type { NamedSensor } from '../../sensors.ts'

/** A location or device in its place. */
export interface TreeNode {
  id: string
  label: string
  type: string
  /** What is searched, in lower case. */
  text: string
  location: TreeLocation | null
  device: TreeDevice | null
  parent: TreeNode | null
  children: TreeNode[]
}

export interface Tree {
  roots: TreeNode[]
  byId: ReadonlyMap<string, TreeNode>
  devices: number
  /** Of devices, in their order. */
  types: string[]
}

/** "Rack 2" before "Rack 10", without a collator, which takes too long for thousands. */
function orderOf(label: string): string {
  return label.toLocaleLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(8, '0'))
}

/** Puts everything into its place: locations before devices, each by its label. What stands in something that is not there stands at the top. */
export function treeOf({ locations, devices }: InventoryTree): Tree {
  const keyed = [
    ...locations.map((location) => ({ key: `0${orderOf(location.label)}`, node: nodeOf(location, location, null) })),
    ...devices.map((device) => ({ key: `1${orderOf(device.label)}`, node: nodeOf(device, null, device) })),
  ]
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
  const byId = new Map(keyed.map(({ node }) => [node.id, node]))
  const roots: TreeNode[] = []
  for (const { node } of keyed) {
    const parent = byId.get(node.location?.parentId ?? node.device?.parentId ?? node.device?.locationId ?? '')
    node.parent = parent ?? null
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  return { roots, byId, devices: devices.length, types: [...new Set(devices.map(({ type }) => type))].sort() }
}

function nodeOf(
  { id, label, type }: TreeLocation | TreeDevice,
  location: TreeLocation | null,
  device: TreeDevice | null,
): TreeNode {
  const text = [label, device?.serialNumber, device?.modelName].filter(Boolean).join('\n').toLocaleLowerCase()
  return { id, label, type, text, location, device, parent: null, children: [] }
}

/** The labels from the top down, the node's own last. */
export function pathOf(node: TreeNode): string[] {
  const path: string[] = []
  for (let one: TreeNode | null = node; one; one = one.parent) path.unshift(one.label)
  return path
}

/** Whether a node is, or stands in, this one. */
export function isWithin(node: TreeNode, id: string): boolean {
  for (let one: TreeNode | null = node; one; one = one.parent) if (one.id === id) return true
  return false
}

/** The locations, from the top down, as a choice: without those within `except`. */
export function placesOf(tree: Tree, except?: string): { value: string; label: string }[] {
  const places: { value: string; label: string }[] = []
  const walk = (nodes: TreeNode[], path: string) => {
    for (const node of nodes) {
      if (!node.location || node.id === except) continue
      const label = path ? `${path} › ${node.label}` : node.label
      places.push({ value: node.id, label })
      walk(node.children, label)
    }
  }
  walk(tree.roots, '')
  return places
}

export const states = ['bad', 'warn', 'alarms', 'silent', 'quiet'] as const
export type StateWanted = (typeof states)[number]

/** How a device stands: the worst of its active alarms, and whether its gateways are silent. */
export interface DeviceState {
  severity?: Severity | undefined
  silent: boolean
}

export interface States {
  of(device: TreeDevice): DeviceState
  /** The worst severity at a device or anywhere below. */
  worstBelow: ReadonlyMap<string, Severity>
}

const weights: readonly Severity[] = ['OK', 'INFO', 'INITIALIZE', 'UNKNOWN', 'WARNING', 'ERROR', 'CRITICAL', 'FAIL']
export const bad: readonly Severity[] = ['FAIL', 'CRITICAL', 'ERROR']
export const warning: readonly Severity[] = ['WARNING', 'UNKNOWN']

/** `state` is undefined until it is known. */
export function statesOf(tree: Tree, state: SiteState | undefined): States {
  const severities = new Map(state?.alarms?.devices.map(({ deviceId, severity }) => [deviceId, severity]))
  const heard = state?.inventory && new Set(state.inventory.gateways.filter(({ silent }) => !silent).map(({ id }) => id))
  const worstBelow = new Map<string, Severity>()
  for (const [deviceId, severity] of severities) {
    for (let one = tree.byId.get(deviceId) ?? null; one; one = one.parent) {
      const there = worstBelow.get(one.id)
      if (there === undefined || weights.indexOf(severity) > weights.indexOf(there)) worstBelow.set(one.id, severity)
    }
  }
  return {
    of: ({ id, gatewayIds }) => ({
      severity: severities.get(id),
      silent: heard !== undefined && !gatewayIds.some((gateway) => heard.has(gateway)),
    }),
    worstBelow,
  }
}

export interface TreeWanted {
  search: string
  type: string
  locationId: string
  state: StateWanted | ''
}

/** A tree of so many is seen at a glance, and starts open. */
const smallTree = 50

export const everything: TreeWanted = { search: '', type: '', locationId: '', state: '' }

/** What is found, and what leads to it. */
export interface Found {
  /** Nodes to show: found ones, all above them, and all below them. Null: everything. */
  shown: ReadonlySet<TreeNode> | null
  /** Of those, what is open until somebody closes it: what leads to something found. */
  open: ReadonlySet<TreeNode>
  /** Devices found. */
  devices: number
}

/** Sensors that are called as is searched, by their devices' ids. */
export type SensorsFound = ReadonlyMap<string, NamedSensor>

/** The nodes that are wanted. A location is found by its name alone, where nothing is asked of devices; a device by its sensors too. */
export function found(tree: Tree, states: States, sensors: SensorsFound, { search, type, locationId, state }: TreeWanted): Found {
  const words = search.trim().toLocaleLowerCase()
  if (!words && !type && !locationId && !state) {
    const open = tree.byId.size <= smallTree ? [...tree.byId.values()] : tree.roots
    return { shown: null, open: new Set(open.filter(({ location }) => location)), devices: tree.devices }
  }
  const shown = new Set<TreeNode>()
  const open = new Set<TreeNode>()
  let devices = 0
  const isFound = ({ id, text, device }: TreeNode): boolean => {
    if (words && !text.includes(words) && !sensors.has(id)) return false
    if (!device) return words !== '' && !type && !state
    return (!type || device.type === type) && (!state || isInState(states.of(device), state))
  }
  const walk = (node: TreeNode, inside: boolean, under: boolean): boolean => {
    const isInside = inside || node.id === locationId
    const own = isInside && isFound(node)
    if (own && node.device) devices += 1
    let below = false
    for (const child of node.children) below = walk(child, isInside, under || (own && node.location !== null)) || below
    if (below) open.add(node)
    if (own || below || under) shown.add(node)
    return own || below
  }
  for (const root of tree.roots) walk(root, locationId === '', false)
  if (locationId && shown.size === 0 && !words && !type && !state) {
    for (let one = tree.byId.get(locationId) ?? null; one; one = one.parent) shown.add(one)
  }
  return { shown, open, devices }
}

function isInState({ severity, silent }: DeviceState, state: StateWanted): boolean {
  if (state === 'silent') return silent
  if (state === 'quiet') return severity === undefined && !silent
  if (severity === undefined) return false
  return state === 'alarms' || (state === 'bad' ? bad : warning).includes(severity)
}

/** A row of the tree as it is shown. */
export interface Row {
  node: TreeNode
  level: number
  /** Its place among those beside it, from 1 on, and their number. */
  position: number
  size: number
  /** Undefined: nothing is below it. */
  isOpen: boolean | undefined
}

/** The rows from the top down. `toggled`: what somebody opened or closed. */
export function rowsOf(tree: Tree, { shown, open }: Found, toggled: ReadonlyMap<string, boolean>): Row[] {
  const rows: Row[] = []
  const add = (nodes: TreeNode[], level: number) => {
    const visible = shown ? nodes.filter((node) => shown.has(node)) : nodes
    visible.forEach((node, place) => {
      const children = shown ? node.children.some((child) => shown.has(child)) : node.children.length > 0
      const isOpen = children ? (toggled.get(node.id) ?? open.has(node)) : undefined
      rows.push({ node, level, position: place + 1, size: visible.length, isOpen })
      if (isOpen) add(node.children, level + 1)
    })
  }
  add(tree.roots, 1)
  return rows
}
