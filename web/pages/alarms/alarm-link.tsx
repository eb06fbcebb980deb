import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { TextLink } from '../../ui/text-link.tsx'

/** A link to an alarm's page: the customer's own, or that of the partner's customer whose pages one is on. */
export function AlarmLink({ alarmId, children }: { alarmId: string; children: ReactNode }) {
  const { organizationId } = useParams({ strict: false })
  return organizationId ? (
    <TextLink to={paths.customerAlarm} params={{ organizationId, alarmId }}>
      {children}
    </TextLink>
  ) : (
    <TextLink to={paths.alarm} params={{ alarmId }}>
      {children}
    </TextLink>
  )
}

/** The way back to the alarms of which this is one. */
export function AlarmsLink({ children }: { children: ReactNode }) {
  const { organizationId } = useParams({ strict: false })
  return organizationId ? (
    <TextLink to={paths.customerAlarms} params={{ organizationId }}>
      {children}
    </TextLink>
  ) : (
    <TextLink to={paths.alarms}>{children}</TextLink>
  )
}
