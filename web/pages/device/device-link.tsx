import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { TextLink } from '../../ui/text-link.tsx'

/** A link to a device's page: the customer's own, or that of the partner's customer whose pages one is on. */
export function DeviceLink({ deviceId, children, tabIndex }: { deviceId: string; children: ReactNode; tabIndex?: number }) {
  const { organizationId } = useParams({ strict: false })
  const quiet = tabIndex === undefined ? {} : { tabIndex }
  return organizationId ? (
    <TextLink to={paths.customerDevice} params={{ organizationId, deviceId }} {...quiet}>
      {children}
    </TextLink>
  ) : (
    <TextLink to={paths.device} params={{ deviceId }} {...quiet}>
      {children}
    </TextLink>
  )
}

/** The way back to the devices of which this is one. */
export function DevicesLink({ children }: { children: ReactNode }) {
  const { organizationId } = useParams({ strict: false })
  return organizationId ? (
    <TextLink to={paths.customerDevices} params={{ organizationId }}>
      {children}
    </TextLink>
  ) : (
    <TextLink to={paths.inventory}>{children}</TextLink>
  )
}
