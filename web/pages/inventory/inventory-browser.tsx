import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useDeferredValue, useMemo } from 'react'
import { siteStateQuery } from '../../inventory.ts'
import { paths } from '../../paths.ts'
import { type NamedSensor, namedMax, namedSensorsQuery, sensorPlace } from '../../sensors.ts'
import { useIsShared } from '../../shared-kinds.ts'
import { typeText } from '../../texts/devices.ts'
import { inventoryTexts as texts } from '../../texts/inventory.ts'
import { ListChoice } from '../../ui/choice.tsx'
import { Empty } from '../../ui/query.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from '../customers.module.css'
import { InventoryTree } from './inventory-tree.tsx'
import { changeLooked, useLooked } from './looked.ts'
import { NodeActions } from './node-actions.tsx'
import {
  found,
  placesOf,
  rowsOf,
  type SensorsFound,
  states,
  statesOf,
  type Tree,
  type TreeNode,
  type TreeWanted,
} from './tree-model.ts'

/** The tree of an organization's inventory, with what to look for in it. For its own people and, where it consents, for its partners'. */
export function InventoryBrowser({ organizationId, tree }: { organizationId: string; tree: Tree }) {
  const { wanted, toggled, activeId } = useLooked(organizationId)
  const state = useQuery(siteStateQuery(organizationId))
  const sought = useDeferredValue(wanted)
  const places = useMemo(() => placesOf(tree), [tree])
  const standing = useMemo(() => statesOf(tree, state.data), [tree, state.data])
  const { first: sensors, more } = useSensorsFound(organizationId, wanted.search)
  const matches = useMemo(() => found(tree, standing, sensors, sought), [tree, standing, sensors, sought])
  const rows = useMemo(() => rowsOf(tree, matches, toggled), [tree, matches, toggled])
  const open = useOpenDevice()

  const want = (change: Partial<TreeWanted>) =>
    changeLooked(organizationId, (before) => ({ wanted: { ...before.wanted, ...change }, toggled: new Map() }))
  const toggle = (nodes: TreeNode[], isOpen: boolean) =>
    changeLooked(organizationId, (before) => ({
      toggled: new Map([...before.toggled, ...nodes.map(({ id }) => [id, isOpen] as const)]),
    }))
  const active = (rows.find(({ node }) => node.id === activeId) ?? rows[0])?.node
  return (
    <>
      <div className={styles.bar}>
        <SearchField
          label={texts.search}
          placeholder={texts.placeholder}
          value={wanted.search}
          onChange={(search) => want({ search })}
          className={styles.search}
        />
        <ListChoice
          label={texts.type}
          options={[{ value: '', label: texts.anyType }, ...tree.types.map((type) => ({ value: type, label: typeText(type) }))]}
          value={wanted.type}
          onChange={(type) => want({ type })}
        />
        <ListChoice
          label={texts.location}
          options={[{ value: '', label: texts.anyLocation }, ...places]}
          value={wanted.locationId}
          onChange={(locationId) => want({ locationId })}
        />
        <ListChoice
          label={texts.state}
          options={[{ value: '', label: texts.anyState }, ...states.map((value) => ({ value, label: texts.states[value] }))]}
          value={wanted.state}
          onChange={(value) => want({ state: states.find((one) => one === value) ?? '' })}
        />
        <span role="status" className={styles.count}>
          {texts.count(matches.devices, tree.devices)}
          {more && `. ${texts.moreSensors(namedMax)}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty title={texts.noneFound.title}>{texts.noneFound.text}</Empty>
      ) : (
        <>
          <InventoryTree
            rows={rows}
            states={standing}
            sensors={sensors}
            activeId={active?.id === activeId ? activeId : undefined}
            onActive={({ id }) => changeLooked(organizationId, () => ({ activeId: id }))}
            onToggle={toggle}
            onOpen={({ id }) => open(id, sensors.get(id))}
          />
          {active && <NodeActions organizationId={organizationId} tree={tree} node={active} />}
        </>
      )}
    </>
  )
}

const noSensors: { first: SensorsFound; more: boolean } = { first: new Map(), more: false }
/** Fewer letters are in too many names. */
const lettersMin = 2

/** The sensors that are called as is searched, once the server has said; of the words that are searched now, or none. */
function useSensorsFound(organizationId: string, search: string): typeof noSensors {
  const words = search.trim()
  const [settled] = useDebouncedValue(words, 200)
  const isShared = useIsShared(organizationId, 'sensors')
  const { data } = useQuery({ ...namedSensorsQuery(organizationId, settled), enabled: isShared && settled.length >= lettersMin })
  return (settled === words && data) || noSensors
}

/** Leads to a device's page: the customer's own, or that of the partner's customer whose pages one is on. */
function useOpenDevice(): (deviceId: string, sensor: NamedSensor | undefined) => void {
  const navigate = useNavigate()
  const { organizationId } = useParams({ strict: false })
  return (deviceId, sensor) => {
    const place = sensor && { hash: sensorPlace(sensor.id) }
    void (organizationId
      ? navigate({ to: paths.customerDevice, params: { organizationId, deviceId }, ...place })
      : navigate({ to: paths.device, params: { deviceId }, ...place }))
  }
}
