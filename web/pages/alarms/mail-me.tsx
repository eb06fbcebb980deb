import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { alarmMailsTexts as texts } from '../../texts/alarm-mails.ts'

const MailMeDialog = lazy(async () => ({ default: (await import('./mail-me-dialog.tsx')).MailMeDialog }))

/** The button by which one is told of alarms by mail. */
export function MailMe() {
  const [choosing, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.open}
      </Button>
      <Suspense>{choosing && <MailMeDialog onClose={close} />}</Suspense>
    </>
  )
}
