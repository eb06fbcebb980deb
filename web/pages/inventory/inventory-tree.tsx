import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react'
import { inventoryTexts as texts } from '../../texts/inventory.ts'
import { useIsPrinting } from '../../ui/print.ts'
import styles from './inventory-tree.module.css'
import type { Row, SensorsFound, States, TreeNode } from './tree-model.ts'
import { TreeRow } from './tree-row.tsx'

const rowHeightPx = 38
/** Letters typed within this time belong together. */
const typingMs = 700

interface InventoryTreeProps {
  rows: Row[]
  states: States
  /** By which devices are found. */
  sensors: SensorsFound
  /** The row that has the focus within the tree: the first one where there is none with this id. */
  activeId: string | undefined
  onActive: (node: TreeNode) => void
  onToggle: (nodes: TreeNode[], open: boolean) => void
  /** A device: Enter, or a double click. */
  onOpen: (node: TreeNode) => void
}

/** Locations and devices as a tree (WAI-ARIA's pattern), of which only the rows in sight are there: it stays fluent at ten thousand. */
export function InventoryTree({ rows, states, sensors, activeId, onActive, onToggle, onOpen }: InventoryTreeProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const activePlace = Math.max(
    0,
    rows.findIndex(({ node }) => node.id === activeId),
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (place) => rows[place]?.node.id ?? place,
    overscan: 10,
    // The active row is always there: the tree names it as the one that has the focus.
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), activePlace])].sort((a, b) => a - b),
  })
  const active = rows[activePlace]
  const isPrinting = useIsPrinting()
  const drawn = isPrinting ? rows.map(({ node }, index) => ({ index, key: node.id, start: null })) : virtualizer.getVirtualItems()

  // A row that moved, as when something is searched for, comes into sight; without taking the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row, or another place of it
  useLayoutEffect(() => {
    if (activeId !== undefined) virtualizer.scrollToIndex(activePlace)
  }, [activePlace, activeId])

  const go = (place: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, place))]
    if (row) onActive(row.node)
  }
  const pageRows = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 1)
  const typeAhead = (letter: string) => {
    const now = performance.now()
    const isMore = now - typed.current.at < typingMs
    typed.current = { text: (isMore ? typed.current.text : '') + letter.toLocaleLowerCase(), at: now }
    const { text } = typed.current
    const after = isMore && text.length > 1 ? activePlace : activePlace + 1
    const inOrder = [...rows.keys()].map((place) => (place + after) % rows.length)
    const next = inOrder.find((place) => rows[place]?.node.label.toLocaleLowerCase().startsWith(text))
    if (next !== undefined) go(next)
  }
  const keys: Record<string, (row: Row) => void> = {
    ArrowDown: () => go(activePlace + 1),
    ArrowUp: () => go(activePlace - 1),
    PageDown: () => go(activePlace + pageRows()),
    PageUp: () => go(activePlace - pageRows()),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    ArrowRight: ({ node, isOpen }) => {
      if (isOpen) go(activePlace + 1)
      else if (isOpen === false) onToggle([node], true)
    },
    ArrowLeft: ({ node, isOpen }) => {
      if (isOpen) onToggle([node], false)
      else if (node.parent) onActive(node.parent)
    },
    '*': ({ node, level }) => {
      const beside = rows.filter((row) => row.level === level && row.node.parent === node.parent && row.isOpen === false)
      onToggle(
        beside.map((row) => row.node),
        true,
      )
    },
    Enter: ({ node, isOpen }) => (node.device ? onOpen(node) : isOpen !== undefined && onToggle([node], !isOpen)),
    ' ': ({ node, isOpen }) => isOpen !== undefined && onToggle([node], !isOpen),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || event.ctrlKey || event.metaKey || event.altKey) return
    const act = keys[event.key]
    if (act) act(active)
    else if (event.key.length === 1) typeAhead(event.key)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label={texts.tree}
      aria-activedescendant={active && `${id}${active.node.id}`}
      className={styles.tree}
      onKeyDown={onKeyDown}
    >
      <div role="none" className={styles.rows} style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => {
          const row = rows[index]
          return (
            row && (
              <TreeRow
                key={key}
                id={`${id}${row.node.id}`}
                row={row}
                states={states}
                sensor={sensors.get(row.node.id)}
                isActive={row === active}
                offsetPx={start}
                onClick={() => {
                  onActive(row.node)
                  if (row.isOpen === false) onToggle([row.node], true)
                }}
                onToggle={() => onToggle([row.node], !row.isOpen)}
                onOpen={() => row.node.device && onOpen(row.node)}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
