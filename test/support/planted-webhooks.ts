import { randomBytes } from 'node:crypto'

type Ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
  shows?: string[],
) => Promise<{ body: ReturnType<typeof JSON.parse> }>

/** Adds a webhook that signs and one with a header of its receiver's: their secrets are canaries. */
export async function plantWebhooks(ask: Ask, session: Record<string, string>, canaries: Map<string, string>): Promise<void> {
  const hook = { name: 'Desk', url: 'https://receiver.invalid/hook', kinds: ['alarm.activated'] }
  const { body } = await ask('POST', '/api/v1/webhooks', session, hook, ['webhook secret'])
  canaries.set('webhook secret', String(body.secret).slice('whsec_'.length))
  const authorization = { scheme: 'bearer', token: `canary-${randomBytes(12).toString('hex')}` }
  canaries.set('webhook authorization', authorization.token)
  await ask('POST', '/api/v1/webhooks', session, { ...hook, format: 'alarms', authorization })
  await ask('POST', `/api/v1/webhooks/${body.webhook.id}/tests`, session)
}
