import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import styles from './pick-list.module.css'
import { SearchField } from './search-field.tsx'

const rowsAtOnce = 50

/** What is chosen of a list. */
export interface Picked {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

interface PickListProps<Option> extends Picked {
  /** Those whose names hold what is looked for. */
  matching: (search: string) => Option[]
  idOf: (option: Option) => string
  /** What stands in an option's row. */
  row: (option: Option, checked: boolean, toggle: () => void) => ReactNode
  texts: {
    search: string
    placeholder: string
    none: string
    more: (count: number) => string
    chosen: (count: number) => string
  }
  /** Of the line that says how many are chosen. */
  footId?: string
  /** What else stands there. */
  foot?: ReactNode
}

/** Some of many, found by a part of their names; a row at a time is chosen. */
export function PickList<Option>({ matching, idOf, row, chosen, onChange, texts, footId, foot }: PickListProps<Option>) {
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(rowsAtOnce)
  const found = matching(search)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) {
      next.add(id)
    }
    onChange(next)
  }
  return (
    <>
      <SearchField label={texts.search} placeholder={texts.placeholder} value={search} onChange={setSearch} />
      <ul className={styles.list}>
        {found.slice(0, shown).map((option) => (
          <li key={idOf(option)} className={styles.choice}>
            {row(option, chosen.has(idOf(option)), () => toggle(idOf(option)))}
          </li>
        ))}
        {found.length === 0 && <li className={styles.note}>{texts.none}</li>}
        {found.length > shown && (
          <li className={styles.note}>
            <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + rowsAtOnce)}>
              {texts.more(found.length - shown)}
            </Button>
          </li>
        )}
      </ul>
      <div id={footId} className={styles.foot}>
        <span role="status">{texts.chosen(chosen.size)}</span>
        {foot}
      </div>
    </>
  )
}
