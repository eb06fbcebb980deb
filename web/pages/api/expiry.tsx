import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { generateKeyTexts as texts } from '../../texts/keys.ts'
import { dateOf, dayAhead, endOfDay } from '../../ui/times.ts'

const choices = ['never', '30', '90', '365', 'date'] as const

/** What an end may be changed to where it is this one (ISO; undefined is never): as it is, or earlier. */
export function earlierChoices(expiresAt: string | undefined): Expiry['choice'][] {
  const days = (['30', '90', '365'] as const).filter(
    (choice) => expiresAt === undefined || endOfDay(dayAhead(Number(choice))) < expiresAt,
  )
  return ['keep', ...days, 'date']
}

export interface Expiry {
  choice: (typeof choices)[number] | 'keep'
  /** The last day (yyyy-mm-dd), where the choice is a date. */
  date: string
}

/** When a key ends: never, after so many days, or with a day. */
export function ExpiryFields({
  expiry,
  onChange,
  checked,
  choices: offered = choices,
}: {
  expiry: Expiry
  onChange: (expiry: Expiry) => void
  checked: boolean
  choices?: readonly Expiry['choice'][]
}) {
  const at = expiry.choice === 'date' ? undefined : expiresAtOf(expiry)
  return (
    <Stack gap="sm">
      <NativeSelect
        label={texts.expires}
        description={at ? texts.expiresAt(dateOf(at)) : expiry.choice === 'never' ? texts.neverHint : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        data={offered.map((value) => ({ value, label: texts.expiries[value] }))}
        value={expiry.choice}
        onChange={(event) => onChange({ ...expiry, choice: event.currentTarget.value as Expiry['choice'] })}
      />
      {expiry.choice === 'date' && (
        <TextInput
          type="date"
          label={texts.date}
          min={dayAhead(0)}
          value={expiry.date}
          onChange={(event) => onChange({ ...expiry, date: event.currentTarget.value })}
          error={checked && expiryMistake(expiry)}
        />
      )}
    </Stack>
  )
}

/** What is wrong with the choice, if anything. */
export function expiryMistake({ choice, date }: Expiry): string | undefined {
  if (choice !== 'date') {
    return undefined
  }
  return date ? (date < dayAhead(0) ? texts.datePast : undefined) : texts.dateMissing
}

/** The choice as an ISO time; undefined is never, or as it is. */
export function expiresAtOf({ choice, date }: Expiry): string | undefined {
  if (choice === 'never' || choice === 'keep') {
    return undefined
  }
  return choice === 'date' ? endOfDay(date) : endOfDay(dayAhead(Number(choice)))
}
