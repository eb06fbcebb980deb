import { Button, Checkbox, Input, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { limitsTexts as texts } from '../../texts/consent.ts'
import { kindTexts } from '../../texts/kinds.ts'
import { dayAhead } from '../../ui/times.ts'
import styles from './consent-options.module.css'
import { type Limits, limitsMistakes } from './limits.ts'

interface ConsentOptionsProps {
  limits: Limits
  onChange: (limits: Limits) => void
  /** Whether mistakes are said. */
  checked: boolean
  /** Absent: no consent stands yet, and the options come with it. */
  onSave: (() => void) | undefined
  /** Whether there is anything to save. */
  changed: boolean
  pending: boolean
  opened: boolean
  onToggle: (opened: boolean) => void
  children: ReactNode
}

/** Which data, and until when: behind a disclosure, for most customers leave both as they are. */
export function ConsentOptions({ limits, onChange, checked, onSave, changed, pending, ...rest }: ConsentOptionsProps) {
  const id = useId()
  const mistakes = checked ? limitsMistakes(limits) : {}
  return (
    <details className={styles.options} open={rest.opened} onToggle={(event) => rest.onToggle(event.currentTarget.open)}>
      <summary>{texts.options}</summary>
      <Stack gap="md" className={styles.fields}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields */}
        <div role="group" aria-labelledby={id}>
          <Input.Label id={id} component="div">
            {texts.kinds}
          </Input.Label>
          <Stack gap={6} mt={4}>
            {(['inventory', 'alarms', 'sensors'] as const).map((kind) => (
              <Checkbox
                key={kind}
                label={kindTexts[kind]}
                checked={limits.kinds[kind]}
                onChange={(event) => onChange({ ...limits, kinds: { ...limits.kinds, [kind]: event.currentTarget.checked } })}
              />
            ))}
          </Stack>
          {mistakes.kinds && (
            <Input.Error role="alert" mt={6}>
              {mistakes.kinds}
            </Input.Error>
          )}
        </div>
        <NativeSelect
          label={texts.until}
          data={(['withdrawn', 'date'] as const).map((value) => ({ value, label: texts.untilChoices[value] }))}
          value={limits.until}
          onChange={(event) => onChange({ ...limits, until: event.currentTarget.value as Limits['until'] })}
          className={styles.short}
        />
        {limits.until === 'date' && (
          <TextInput
            type="date"
            label={texts.date}
            description={texts.dateHint}
            min={dayAhead(0)}
            value={limits.date}
            onChange={(event) => onChange({ ...limits, date: event.currentTarget.value })}
            error={mistakes.date}
            classNames={{ input: styles.short ?? '' }}
          />
        )}
        <p className={styles.note}>{onSave ? texts.narrowed : texts.applyLater}</p>
        {rest.children}
        {onSave && (
          <Button onClick={onSave} loading={pending} disabled={!changed} className={styles.save}>
            {texts.save}
          </Button>
        )}
      </Stack>
    </details>
  )
}
