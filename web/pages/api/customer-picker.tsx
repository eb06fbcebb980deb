import { Button, Checkbox, Input, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { type Customer, problemText } from '../../client.ts'
import { customersQuery, matching } from '../../customers.ts'
import { customerStateTexts, reasonTexts } from '../../texts/coverage.ts'
import { generateKeyTexts as texts } from '../../texts/keys.ts'
import { SearchIcon } from '../../ui/icons.tsx'
import { Loaded, Loading } from '../../ui/query.tsx'
import { State } from '../../ui/state.tsx'
import styles from './customer-picker.module.css'

const ROWS_AT_ONCE = 50

interface PickerProps {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  mistake: string | undefined
}

/** Which customers a key is made for: each with its state and, where it is not valid now, why. */
export function CustomerPicker({ chosen, onChange, mistake }: PickerProps) {
  const customers = useQuery(customersQuery)
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields
    <div role="group" aria-labelledby={id} className={styles.picker}>
      <Input.Label id={id} component="div">
        {texts.customers}
      </Input.Label>
      <Loaded query={customers} problemText={problemText} loading={<Loading lines={3} />}>
        {(data) =>
          data.customers.length === 0 ? (
            <p className={styles.note}>{texts.noCustomers}</p>
          ) : (
            <Choices customers={data.customers} chosen={chosen} onChange={onChange} />
          )
        }
      </Loaded>
      {mistake && <Input.Error role="alert">{mistake}</Input.Error>}
    </div>
  )
}

function Choices({ customers, chosen, onChange }: { customers: Customer[] } & Omit<PickerProps, 'mistake'>) {
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(ROWS_AT_ONCE)
  const found = matching(customers, search)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) {
      next.add(id)
    }
    onChange(next)
  }
  return (
    <>
      <TextInput
        type="search"
        aria-label={texts.search}
        placeholder={texts.placeholder}
        leftSection={<SearchIcon />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        // Enter searches here; it does not send the form.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ul className={styles.list}>
        {found.slice(0, shown).map((customer) => (
          <Choice
            key={customer.organizationId}
            customer={customer}
            checked={chosen.has(customer.organizationId)}
            onToggle={() => toggle(customer.organizationId)}
          />
        ))}
        {found.length === 0 && <li className={styles.note}>{texts.noneFound}</li>}
        {found.length > shown && (
          <li className={styles.note}>
            <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
              {texts.more(found.length - shown)}
            </Button>
          </li>
        )}
      </ul>
      <div className={styles.foot}>
        <span role="status">{texts.chosen(chosen.size)}</span>
        <span>{texts.laterCovered}</span>
      </div>
    </>
  )
}

function Choice({ customer, checked, onToggle }: { customer: Customer; checked: boolean; onToggle: () => void }) {
  const id = useId()
  const { word, mood } = customerStateTexts[customer.state]
  return (
    <li className={styles.choice}>
      <Checkbox label={customer.label} checked={checked} onChange={onToggle} aria-describedby={id} />
      <div id={id} className={styles.state}>
        <State mood={mood}>{word}</State>
        {customer.reasons.map((reason) => (
          <p key={reason}>
            {reason !== customer.state && `${reasonTexts[reason].word}. `}
            {reasonTexts[reason].sentence}
          </p>
        ))}
      </div>
    </li>
  )
}
