import { Checkbox, Input } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { type Customer, problemText } from '../../client.ts'
import { customersQuery, matching } from '../../customers.ts'
import { customerStateTexts, reasonTexts } from '../../texts/coverage.ts'
import { generateKeyTexts as texts } from '../../texts/keys.ts'
import styles from '../../ui/pick-list.module.css'
import { type Picked, PickList } from '../../ui/pick-list.tsx'
import { Loaded, Loading } from '../../ui/query.tsx'
import { State } from '../../ui/state.tsx'

interface PickerProps extends Picked {
  mistake: string | undefined
}

/** Which customers a key is made for: each with its state and, where it is not valid now, why. */
export function CustomerPicker({ chosen, onChange, mistake }: PickerProps) {
  const customers = useQuery(customersQuery)
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields
    <div role="group" aria-labelledby={id} data-mistake={mistake} tabIndex={-1} className={styles.picker}>
      <Input.Label id={id} component="div">
        {texts.customers}
      </Input.Label>
      {mistake && <Input.Error role="alert">{mistake}</Input.Error>}
      <Loaded query={customers} problemText={problemText} loading={<Loading lines={3} />}>
        {(data) =>
          data.customers.length === 0 ? (
            <p className={styles.note}>{texts.noCustomers}</p>
          ) : (
            <Choices customers={data.customers} chosen={chosen} onChange={onChange} />
          )
        }
      </Loaded>
    </div>
  )
}

function Choices({ customers, ...picked }: { customers: Customer[] } & Picked) {
  return (
    <PickList
      {...picked}
      matching={(search) => matching(customers, search)}
      idOf={(customer) => customer.organizationId}
      row={(customer, checked, onToggle) => <Choice customer={customer} checked={checked} onToggle={onToggle} />}
      texts={{ ...texts, none: texts.noneFound }}
      foot={<span>{texts.laterCovered}</span>}
    />
  )
}

function Choice({ customer, checked, onToggle }: { customer: Customer; checked: boolean; onToggle: () => void }) {
  const id = useId()
  const { word, mood } = customerStateTexts[customer.state]
  return (
    <>
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
    </>
  )
}
