import { useState } from 'react'
import { addGatewayTexts as texts } from '../../texts/gateways.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Snippet } from '../../ui/shown-once.tsx'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'
import { GatewayForm } from './gateway-form.tsx'

export const startCommand = 'npm run gateway -- --config gateway.yaml'

/** Adding a gateway: its name, then its token, this once, with how to start it. */
export function AddGateway({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [token, setToken] = useState<string>()
  return (
    <ShownOnceDialog
      opened={opened}
      onClose={onClose}
      title={texts.title}
      secret={token}
      onLeft={() => setToken(undefined)}
      texts={texts.shown}
      words={portalTexts}
      form={<GatewayForm onCancel={onClose} onAdded={setToken} />}
    >
      <Snippet label={texts.tokenFile} text={tokenFile(token ?? '')} texts={portalTexts} />
      <Snippet label={texts.config} text={configuration()} texts={portalTexts} />
      <Snippet label={texts.command} text={startCommand} texts={portalTexts} />
    </ShownOnceDialog>
  )
}

export function tokenFile(token: string): string {
  return `(umask 077; printf '%s' '${token}' > gateway.token)`
}

function configuration(): string {
  const { protocol, hostname, origin } = window.location
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return [
    'server:',
    `  url: ${origin}`,
    '  tokenFile: gateway.token',
    ...(protocol === 'http:' && !local ? ['  allowPlainHttp: true   # the token crosses the network in clear'] : []),
    'dataDirectory: gateway-data',
    'devices:',
    '  - type: nut',
    '    host: 127.0.0.1   # where your NUT server (upsd) runs',
  ].join('\n')
}
