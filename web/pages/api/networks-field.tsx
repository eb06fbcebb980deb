import { Textarea } from '@mantine/core'
import { networksTexts as texts } from '../../texts/key-changes.ts'

interface NetworksFieldProps {
  value: string
  onChange: (value: string) => void
  hint?: string
  mistake: string | undefined
}

/** From where a key is accepted, a network a line. */
export function NetworksField({ value, onChange, hint = texts.hint, mistake }: NetworksFieldProps) {
  return (
    <Textarea
      label={texts.label}
      description={hint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={mistake}
      rows={2}
      spellCheck={false}
    />
  )
}

/** The networks that were typed: one a line, or with commas between them. */
export function networksOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter(Boolean)
}

/** What cannot be a network at all; the server says of the rest. */
export function networksMistake(text: string): string | undefined {
  const wrong = networksOf(text).find((network) => !/^[\da-f.:]+(\/\d{1,3})?$/i.test(network))
  return wrong === undefined ? undefined : texts.wrong(wrong)
}
