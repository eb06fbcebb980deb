import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type AccessesWanted, accessDays, accessReadersQuery } from '../../accesses.ts'
import type { AccessReader } from '../../client.ts'
import { operationText, accessTexts as texts } from '../../texts/accesses.ts'
import { ListChoice } from '../../ui/choice.tsx'
import { dateOf, startOfDay } from '../../ui/times.ts'
import styles from './access-history.module.css'

interface AccessFilterProps {
  wanted: AccessesWanted
  onWant: (wanted: AccessesWanted) => void
}

/** By what the history can be narrowed. */
export function AccessFilter({ wanted, onWant }: AccessFilterProps) {
  const { data } = useQuery(accessReadersQuery(wanted))
  const readers = data?.readers ?? []
  const set = (name: 'company' | 'reader' | 'operation' | 'outcome', value: string) => {
    const { [name]: _, ...rest } = wanted
    onWant({ ...rest, ...(value && { [name]: value }) } as AccessesWanted)
  }
  const companies = new Map(readers.map(({ companyId, companyName }) => [companyId, companyName]))
  const ofCompany = readers.filter(({ companyId }) => wanted.company === undefined || companyId === wanted.company)
  return (
    <div className={styles.bar}>
      {wanted.day === undefined ? (
        <ListChoice
          label={texts.period}
          options={accessDays.map((days) => ({ value: String(days), label: texts.periods[days] }))}
          value={String(wanted.days)}
          onChange={(days) => onWant({ ...wanted, days: Number(days) as AccessesWanted['days'] })}
        />
      ) : (
        <Button variant="default" size="sm" onClick={() => onWant(withoutDay(wanted))} title={texts.whole}>
          {dateOf(startOfDay(wanted.day))} ×
        </Button>
      )}
      <ListChoice
        label={texts.partner}
        options={withAll(
          texts.anyPartner,
          [...companies].map(([value, label]) => ({ value, label })),
          wanted.company,
        )}
        value={wanted.company ?? ''}
        onChange={(company) => set('company', company)}
      />
      <ListChoice
        label={texts.reader}
        options={withAll(
          texts.anyReader,
          ofCompany.map((reader) => ({ value: reader.id, label: readerText(reader) })),
          wanted.reader,
        )}
        value={wanted.reader ?? ''}
        onChange={(reader) => set('reader', reader)}
      />
      <ListChoice
        label={texts.operation}
        options={withAll(
          texts.anyOperation,
          (data?.operations ?? []).map((value) => ({ value, label: operationText(value) })),
          wanted.operation,
        )}
        value={wanted.operation ?? ''}
        onChange={(operation) => set('operation', operation)}
      />
      <ListChoice
        label={texts.outcome}
        options={withAll(
          texts.anyOutcome,
          Object.entries(texts.outcomes).map(([value, label]) => ({ value, label })),
        )}
        value={wanted.outcome ?? ''}
        onChange={(outcome) => set('outcome', outcome)}
      />
    </div>
  )
}

/** The choices, with what is chosen among them also where there is nothing of it in this time. */
function withAll(all: string, options: { value: string; label: string }[], chosen?: string) {
  const missing = chosen && !options.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : []
  return [{ value: '', label: all }, ...options, ...missing]
}

function withoutDay({ day: _, ...wanted }: AccessesWanted): AccessesWanted {
  return wanted
}

/** A key or person in a word or two. */
export function readerText({ kind, name, id }: AccessReader): string {
  return `${texts.kinds[kind]} ${name ?? id}`
}
