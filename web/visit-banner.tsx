import { Alert, Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { answer, api, problemText, type Session } from './client.ts'
import { visitTexts as texts } from './texts/visits.ts'
import { notifyDone, notifyProblem } from './ui/notify.ts'
import { Ago } from './ui/time.tsx'
import { useSessionAnew } from './visits.ts'

/** Says on every page which company's portal this is, while the vendor views it, and leads out. */
export function VisitBanner({ visit: { company, reason, expiresAt } }: { visit: NonNullable<Session['visit']> }) {
  const sessionAnew = useSessionAnew()
  const leave = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/visit')),
    onSuccess: async () => {
      await sessionAnew(company.id)
      notifyDone(texts.over(company.name))
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  const leaveNow = useRef(leave.mutate)
  leaveNow.current = leave.mutate
  useEffect(() => {
    const timer = setTimeout(() => leaveNow.current(), Math.max(0, Date.parse(expiresAt) - Date.now()))
    return () => clearTimeout(timer)
  }, [expiresAt])
  return (
    <Alert role="note" variant="outline" title={texts.banner(company.name)} mb="lg">
      <Group justify="space-between" gap="sm">
        <div>
          {texts.bannerText} {texts.reason}: {reason} {texts.until} <Ago at={expiresAt} />.
        </div>
        <Button size="xs" onClick={() => leave.mutate()} loading={leave.isPending}>
          {texts.leave}
        </Button>
      </Group>
    </Alert>
  )
}
