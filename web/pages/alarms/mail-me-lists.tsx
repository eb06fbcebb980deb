import { Checkbox, Input } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { problemText } from '../../client.ts'
import { customersQuery } from '../../customers.ts'
import { inventoryQuery } from '../../inventory.ts'
import { alarmMailsTexts as texts } from '../../texts/alarm-mails.ts'
import styles from '../../ui/pick-list.module.css'
import { type Picked, PickList } from '../../ui/pick-list.tsx'
import { Failed, Loaded, Loading } from '../../ui/query.tsx'
import { placesOf, treeOf } from '../inventory/tree-model.ts'

interface ListProps extends Picked {
  mistake: string | undefined
}

/** The locations of these organizations. */
export function LocationList({ organizationIds, ...props }: ListProps & { organizationIds: readonly string[] }) {
  const inventories = useQueries({ queries: organizationIds.map((id) => inventoryQuery(id)) })
  if (inventories.some(({ isLoading }) => isLoading)) return <Loading lines={3} />
  const failure = inventories.find(({ error, data }) => error && data === undefined)?.error
  const options = inventories.flatMap(({ data }) => (data ? placesOf(treeOf({ ...data, devices: [] })) : []))
  return (
    <>
      {failure && <Failed {...problemText(failure)} />}
      <CheckList label={texts.locations} options={options} {...props} />
    </>
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
  const id = useId()
  const matching = (search: string) => options.filter((one) => one.label.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields
    <div role="group" aria-label={label} aria-describedby={id} data-mistake={mistake} tabIndex={-1} className={styles.picker}>
      <PickList
        chosen={chosen}
        onChange={onChange}
        matching={matching}
        idOf={({ value }) => value}
        row={({ label: name }, checked, toggle) => <Checkbox label={name} checked={checked} onChange={toggle} />}
        texts={{ ...texts, placeholder: texts.search, none: options.length === 0 ? texts.noneThere : texts.noneFound }}
        footId={id}
      />
      {mistake && <Input.Error role="alert">{mistake}</Input.Error>}
    </div>
  )
}
