import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ActivityWanted } from '../../activity.ts'
import { activityNouns, nounText, activityTexts as texts } from '../../texts/activity.ts'
import { ListChoice } from '../../ui/choice.tsx'
import { membersQuery } from '../../users.ts'
import styles from './activity.module.css'

interface ActivityFilterProps {
  wanted: ActivityWanted
  onWant: (wanted: ActivityWanted) => void
}

/** Who, what, when. */
export function ActivityFilter({ wanted, onWant }: ActivityFilterProps) {
  const { data } = useQuery(membersQuery)
  const set = (name: keyof ActivityWanted, value: string) => {
    const { [name]: _, ...rest } = wanted
    onWant({ ...rest, ...(value && { [name]: value }) })
  }
  const people = (data?.members ?? []).map(({ personId, name }) => ({ value: personId, label: name }))
  const kinds = Object.entries(texts.kinds).map(([value, label]) => ({ value, label }))
  const day = (name: 'from' | 'to') => ({
    type: 'date',
    'aria-label': texts[name],
    leftSection: <span className={styles.word}>{texts[name]}</span>,
    leftSectionWidth: '3.25rem',
    value: wanted[name] ?? '',
    onChange: (event: { currentTarget: HTMLInputElement }) => set(name, event.currentTarget.value),
  })
  return (
    <div className={styles.bar}>
      <ListChoice
        label={texts.what}
        options={[
          { value: '', label: texts.anything },
          ...activityNouns
            .map((value) => ({ value, label: nounText(value) }))
            .sort((one, other) => one.label.localeCompare(other.label)),
        ]}
        value={wanted.verb ?? ''}
        onChange={(verb) => set('verb', verb)}
      />
      <ListChoice
        label={texts.who}
        options={[{ value: '', label: texts.anybody }, ...people, ...kinds]}
        value={wanted.actor ?? ''}
        onChange={(actor) => set('actor', actor)}
      />
      <TextInput {...day('from')} />
      <TextInput {...day('to')} />
    </div>
  )
}
