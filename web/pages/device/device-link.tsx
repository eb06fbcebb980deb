import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { TextLink } from '../../ui/text-link.tsx'

interface DeviceLinkProps {
  deviceId: string
  /** A place on the page. */
  hash?: string | undefined
  children: ReactNode
  tabIndex?: number
}

/** A link to a device's page: the customer's own, or that of the partner's customer whose pages one is on. */
export function DeviceLink({ deviceId, hash, children, tabIndex }: DeviceLinkProps) {
  const { organizationId } = useParams({ strict: false })
  const more = { ...(hash !== undefined && { hash }), ...(tabIndex !== undefined && { tabIndex }) }
  return organizationId ? (
    <TextLink to={paths.customerDevice} params={{ organizationId, deviceId }} {...more}>
      {children}
    </TextLink>
  ) : (
    <TextLink to={paths.device} params={{ deviceId }} {...more}>
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
