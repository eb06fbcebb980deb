import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import { paletteTexts as texts } from '../texts/palette.ts'
import { portalTexts } from '../texts/portal.ts'
import { Dialog } from '../ui/dialog.tsx'
import { type Entry, matching, useEntries, useSensorSearch } from './entries.ts'
import styles from './palette.module.css'

interface PaletteProps {
  onInvite: () => void
  onClose: () => void
}

/** Search and commands: a field whose arrow keys walk through what matches (WAI-ARIA's combobox with a list). */
export function Palette({ onInvite, onClose }: PaletteProps) {
  const id = useId()
  const entries = useEntries(onInvite)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(0)
  const sought = useDeferredValue(search)
  const found = [...matching(entries, sought), ...useSensorSearch(sought.trim())]
  const place = Math.min(chosen, found.length - 1)
  const optionId = (at: number) => `${id}-${at}`

  const go = (to: number) => {
    const next = (to + found.length) % Math.max(1, found.length)
    setChosen(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const act = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.act()
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => go(place + 1),
    ArrowUp: () => go(place - 1),
    Enter: () => act(found[place]),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keys[event.key]
    if (!key || event.nativeEvent.isComposing) return
    event.preventDefault()
    key()
  }
  return (
    <Dialog opened onClose={onClose} title={texts.title} closeText={portalTexts.close}>
      <TextInput
        role="combobox"
        aria-label={texts.title}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? optionId(place) : undefined}
        placeholder={texts.placeholder}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        data-autofocus
      />
      <div id={`${id}-list`} role="listbox" aria-label={texts.results} className={styles.list}>
        {found.map((entry, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and names the chosen one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          <div
            key={`${entry.kind} ${entry.id}`}
            id={optionId(at)}
            role="option"
            aria-selected={at === place}
            className={styles.option}
            onClick={() => act(entry)}
          >
            <span className={styles.label}>{entry.label}</span>
            <span className={styles.hint}>{entry.hint ?? texts.kinds[entry.kind]}</span>
          </div>
        ))}
      </div>
      <p role="status" className={styles.foot}>
        {found.length === 0 ? texts.none : texts.hint}
      </p>
    </Dialog>
  )
}
