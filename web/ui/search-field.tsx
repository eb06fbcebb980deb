import { TextInput } from '@mantine/core'
import { SearchIcon } from './icons.tsx'

interface SearchFieldProps {
  /** What is searched. */
  label: string
  /** What may be typed, where that is more than the label says. */
  placeholder?: string
  value: string
  onChange: (search: string) => void
  className?: string | undefined
}

/** Where a list is searched. */
export function SearchField({ label, placeholder = label, value, onChange, className }: SearchFieldProps) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<SearchIcon />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      // Enter searches; it does not send a form around it.
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      className={className}
    />
  )
}
