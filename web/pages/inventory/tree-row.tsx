import { type NamedSensor, sensorPlace } from '../../sensors.ts'
import { typeText } from '../../texts/devices.ts'
import { inventoryTexts as texts } from '../../texts/inventory.ts'
import { State } from '../../ui/state.tsx'
import { SeverityMark } from '../alarms/severity-mark.tsx'
import { DeviceLink } from '../device/device-link.tsx'
import styles from './inventory-tree.module.css'
import type { Row, States } from './tree-model.ts'

interface TreeRowProps {
  id: string
  row: Row
  states: States
  /** By which the device is found. */
  sensor: NamedSensor | undefined
  isActive: boolean
  /** Null: it follows the one before, as in print. */
  offsetPx: number | null
  /** Makes it active, and opens it where it is closed. */
  onClick: () => void
  /** By its arrow. */
  onToggle: () => void
  onOpen: () => void
}

/** One location or device. The tree has the focus, and the keys: see there. */
export function TreeRow({ id, row, states, sensor, isActive, offsetPx, onClick, onToggle, onOpen }: TreeRowProps) {
  const { node, level, position, size, isOpen } = row
  const worst = isOpen ? undefined : states.worstBelow.get(node.id)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={size}
      aria-expanded={isOpen}
      aria-selected={isActive}
      className={styles.row}
      style={{
        ...(offsetPx !== null && { transform: `translateY(${offsetPx}px)` }),
        paddingInlineStart: `calc(${level - 1} * var(--indent) + 0.25rem)`,
      }}
      onClick={onClick}
      onDoubleClick={onOpen}
    >
      <span
        className={styles.toggle}
        data-open={isOpen}
        aria-hidden="true"
        onClick={isOpen === undefined ? undefined : onToggle}
      />
      <span className={styles.label} data-location={node.location !== null || undefined}>
        {node.device ? (
          <DeviceLink deviceId={node.id} hash={sensor && sensorPlace(sensor.id)} tabIndex={-1}>
            {node.label}
          </DeviceLink>
        ) : (
          node.label
        )}
      </span>
      <span className={styles.type} data-sensor={sensor !== undefined || undefined}>
        {sensor ? texts.sensor(sensor.label) : (node.device?.modelName ?? typeText(node.type))}
      </span>
      <span className={styles.standing}>
        {node.device && states.of(node.device).silent && <State mood="idle">{texts.silent}</State>}
        {worst && <SeverityMark severity={worst} />}
      </span>
    </div>
  )
}
