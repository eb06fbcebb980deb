import { Select } from '@mantine/core'
import type { Customer } from '../../client.ts'
import { useSession } from '../../session.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { ListChoice } from '../../ui/choice.tsx'
import type { DeliveriesShown } from '../../webhooks.ts'
import styles from '../customers.module.css'
import { kindName, kindsFor } from './kinds.ts'

/** Customers that are offered at once: more of them are found by a part of their names. */
const OFFERED_MAX = 50

interface FilterProps {
  shown: DeliveriesShown
  onChange: (shown: DeliveriesShown) => void
  /** Undefined: there are none, or they are not read yet. */
  customers: readonly Customer[] | undefined
}

/** Which deliveries are shown: of a state, of a kind, of a customer. */
export function DeliveriesFilter({ shown, onChange, customers }: FilterProps) {
  const { kind: company } = useSession().company
  const kinds = [...kindsFor(company), 'webhook.test']
  const set = (name: keyof DeliveriesShown, value: string) => {
    const { [name]: _, ...rest } = shown
    onChange(value === '' ? rest : { ...rest, [name]: value })
  }
  return (
    <div className={styles.bar}>
      <ListChoice
        label={texts.columns.state}
        options={[
          { value: '', label: texts.anyState },
          ...Object.entries(texts.states).map(([value, label]) => ({ value, label })),
        ]}
        value={shown.state ?? ''}
        onChange={(value) => set('state', value)}
      />
      <ListChoice
        label={texts.columns.kind}
        options={[{ value: '', label: texts.anyKind }, ...kinds.map((value) => ({ value, label: kindName(value, company) }))]}
        value={shown.kind ?? ''}
        onChange={(value) => set('kind', value)}
      />
      {customers && (
        <Select
          aria-label={texts.columns.customer}
          data={[
            { value: '', label: texts.anyCustomer },
            ...customers.map(({ organizationId, label }) => ({ value: organizationId, label })),
          ]}
          value={shown.organizationId ?? ''}
          onChange={(value) => set('organizationId', value ?? '')}
          searchable
          allowDeselect={false}
          limit={OFFERED_MAX}
          comboboxProps={{ withinPortal: false }}
          className={styles.search}
        />
      )}
    </div>
  )
}
