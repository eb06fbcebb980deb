import { Button, Checkbox, Input, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { problemText } from '../../client.ts'
import { customersQuery } from '../../customers.ts'
import { inventoryQuery } from '../../inventory.ts'
import { useSession } from '../../session.ts'
import { alarmMailsTexts as texts } from '../../texts/alarm-mails.ts'
import { SearchIcon } from '../../ui/icons.tsx'
import { Loaded, Loading } from '../../ui/query.tsx'
import styles from '../api/customer-picker.module.css'
import { placesOf, treeOf } from '../inventory/tree-model.ts'

const rowsAtOnce = 50

interface ListProps {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  mistake: string | undefined
}

/** The locations of the person's own company. */
export function LocationList(props: ListProps) {
  const inventory = useQuery(inventoryQuery(useSession().company.id))
  return (
    <Loaded query={inventory} problemText={problemText} loading={<Loading lines={3} />}>
      {(tree) => <CheckList label={texts.locations} options={placesOf(treeOf({ ...tree, devices: [] }))} {...props} />}
    </Loaded>
  )
}

/** The customers of the person's company, a partner. */
export function CustomerList(props: ListProps) {
  const customers = useQuery(customersQuery)
  return (
    <Loaded query={customers} problemText={problemText} loading={<Loading lines={3} />}>
      {(data) => {
        const options = data.customers.map(({ organizationId, label }) => ({ value: organizationId, label }))
        return <CheckList label={texts.customers} options={options} {...props} />
      }}
    </Loaded>
  )
}

interface CheckListProps extends ListProps {
  label: string
  options: { value: string; label: string }[]
}

/** Some of many, found by a part of their names. */
function CheckList({ label, options, chosen, onChange, mistake }: CheckListProps) {
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(rowsAtOnce)
  const id = useId()
  const found = options.filter((one) => one.label.toLowerCase().includes(search.trim().toLowerCase()))
  const toggle = (value: string) => {
    const next = new Set(chosen)
    if (!next.delete(value)) {
      next.add(value)
    }
    onChange(next)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields
    <div role="group" aria-label={label} aria-describedby={id} className={styles.picker}>
      <TextInput
        type="search"
        aria-label={texts.search}
        placeholder={texts.search}
        leftSection={<SearchIcon />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        // Enter searches here; it does not send the form.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ul className={styles.list}>
        {found.slice(0, shown).map(({ value, label: name }) => (
          <li key={value} className={styles.choice}>
            <Checkbox label={name} checked={chosen.has(value)} onChange={() => toggle(value)} />
          </li>
        ))}
        {found.length === 0 && <li className={styles.note}>{options.length === 0 ? texts.noneThere : texts.noneFound}</li>}
        {found.length > shown && (
          <li className={styles.note}>
            <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + rowsAtOnce)}>
              {texts.more(found.length - shown)}
            </Button>
          </li>
        )}
      </ul>
      <div id={id} className={styles.foot}>
        <span role="status">{texts.chosen(chosen.size)}</span>
      </div>
      {mistake && <Input.Error role="alert">{mistake}</Input.Error>}
    </div>
  )
}
