import { NativeSelect, SegmentedControl } from '@mantine/core'
// Their styles come with the pages that have such choices, so that no other page waits for them.
import '@mantine/core/styles/Combobox.css'
import '@mantine/core/styles/FloatingIndicator.css'
import '@mantine/core/styles/SegmentedControl.css'
import styles from './choice.module.css'

interface ChoiceProps<Value extends string> {
  label: string
  options: { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <SegmentedControl
      aria-label={label}
      data={options}
      value={value}
      onChange={(chosen) => onChange(chosen as Value)}
      size="xs"
    />
  )
}

/** One of many, from a list. */
export function ListChoice({ label, options, value, onChange, disabled = false }: ChoiceProps<string> & { disabled?: boolean }) {
  return (
    <NativeSelect
      aria-label={label}
      data={options}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      disabled={disabled}
      className={styles.list}
    />
  )
}
