import { Checkbox, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { reportedTexts as texts } from '../../texts/inventory.ts'

interface AsReportedProps {
  label: string
  /** Whether people set it: only then there is something to take back. */
  isSet: boolean
  taken: boolean
  onTake: (taken: boolean) => void
  children: ReactNode
}

/** A field about what a gateway reports, with the way to let the gateway's word count again. An empty field is not that: it says that there is none. */
export function AsReported({ label, isSet, taken, onTake, children }: AsReportedProps) {
  if (!isSet) return children
  return (
    <Stack gap={6}>
      {children}
      <Checkbox
        size="xs"
        label={texts.takeBack(label)}
        checked={taken}
        onChange={(event) => onTake(event.currentTarget.checked)}
      />
    </Stack>
  )
}
