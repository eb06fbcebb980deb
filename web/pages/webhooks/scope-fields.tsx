import { Checkbox, Input, NativeSelect, Stack } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { problemText } from '../../client.ts'
import { inventoryQuery } from '../../inventory.ts'
import { addWebhookTexts as texts } from '../../texts/webhooks.ts'
import { Failed, Loading } from '../../ui/query.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { CustomerPicker } from '../api/customer-picker.tsx'
import { placesOf, treeOf } from '../inventory/tree-model.ts'
import styles from './scope-fields.module.css'

/** Of so many customers' inventories locations are offered at once: each is read whole. */
const INVENTORIES_MAX = 5
const ROWS_MAX = 100

interface ScopeProps {
  /** Null: all. */
  chosen: ReadonlySet<string> | null
  onChange: (chosen: ReadonlySet<string> | null) => void
  mistake: string | undefined
}

/** Of which customers a webhook tells: of all, or of chosen ones. */
export function CustomersField({ chosen, onChange, mistake }: ScopeProps) {
  return (
    <>
      <AllOrSome label={texts.ofCustomers} words={texts.customersOr} chosen={chosen} onChange={onChange} />
      {chosen && <CustomerPicker chosen={chosen} onChange={onChange} mistake={mistake} />}
    </>
  )
}

/** Of devices where it tells: anywhere, or in chosen locations of these organizations and below them. */
export function LocationsField({ organizationIds, chosen, onChange, mistake }: ScopeProps & { organizationIds: string[] }) {
  const many = organizationIds.length > INVENTORIES_MAX
  return (
    <>
      <AllOrSome
        label={texts.where}
        description={many ? texts.whereMany(INVENTORIES_MAX) : texts.whereHint}
        words={texts.whereOr}
        chosen={chosen}
        onChange={onChange}
        disabled={many}
      />
      {chosen && !many && (
        <LocationPicker organizationIds={organizationIds} chosen={chosen} onChange={onChange} mistake={mistake} />
      )}
    </>
  )
}

interface AllOrSomeProps extends Omit<ScopeProps, 'mistake'> {
  label: string
  description?: string
  words: { all: string; some: string }
  disabled?: boolean
}

function AllOrSome({ label, description, words, chosen, onChange, disabled = false }: AllOrSomeProps) {
  return (
    <NativeSelect
      label={label}
      description={description}
      data={Object.entries(words).map(([value, word]) => ({ value, label: word }))}
      value={chosen ? 'some' : 'all'}
      onChange={(event) => onChange(event.currentTarget.value === 'all' ? null : new Set())}
      disabled={disabled}
    />
  )
}

interface PickerProps {
  organizationIds: string[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  mistake: string | undefined
}

function LocationPicker({ organizationIds, chosen, onChange, mistake }: PickerProps) {
  const inventories = useQueries({ queries: organizationIds.map((id) => inventoryQuery(id)) })
  const [search, setSearch] = useState('')
  const id = useId()
  const wanted = search.trim().toLocaleLowerCase()
  const places = inventories.flatMap(({ data }) => (data ? placesOf(treeOf(data)) : []))
  const found = places.filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
  const failure = inventories.find(({ error }) => error)?.error
  const toggle = (location: string) => {
    const next = new Set(chosen)
    if (!next.delete(location)) {
      next.add(location)
    }
    onChange(next)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields
    <div role="group" aria-labelledby={id} data-mistake={mistake} tabIndex={-1} className={styles.picker}>
      <Input.Label id={id} component="div">
        {texts.locations}
      </Input.Label>
      {failure && <Failed {...problemText(failure)} />}
      {inventories.some(({ isLoading }) => isLoading) ? (
        <Loading lines={3} />
      ) : (
        <>
          <SearchField label={texts.searchLocations} value={search} onChange={setSearch} />
          <Stack gap="xs" className={styles.list}>
            {found.slice(0, ROWS_MAX).map(({ value, label }) => (
              <Checkbox key={value} label={label} checked={chosen.has(value)} onChange={() => toggle(value)} />
            ))}
            {found.length === 0 && <p className={styles.note}>{places.length === 0 ? texts.noLocations : texts.noneFound}</p>}
            {found.length > ROWS_MAX && <p className={styles.note}>{texts.moreLocations(found.length - ROWS_MAX)}</p>}
          </Stack>
          <span role="status" className={styles.note}>
            {texts.locationsChosen(chosen.size)}
          </span>
        </>
      )}
      {mistake && <Input.Error role="alert">{mistake}</Input.Error>}
    </div>
  )
}
