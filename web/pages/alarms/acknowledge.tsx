import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import type { ListedAlarm } from '../../client.ts'
import { acknowledgeTexts as texts } from '../../texts/alarms.ts'
import { RowButton } from '../../ui/row-button.tsx'

const AcknowledgeDialog = lazy(async () => ({ default: (await import('./acknowledge-dialog.tsx')).AcknowledgeDialog }))

/** The button that says that an alarm is seen to; or that changes what was said. */
export function Acknowledge({ alarm }: { alarm: ListedAlarm }) {
  const [opened, { open, close }] = useDisclosure(false)
  const word = alarm.acknowledgement ? texts.change : texts.acknowledge
  return (
    <>
      <RowButton label={`${word} ${alarm.label}`} onClick={open}>
        {word}
      </RowButton>
      <Suspense>{opened && <AcknowledgeDialog alarm={alarm} onClose={close} />}</Suspense>
    </>
  )
}
