import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alarmKinds, testKind, type WebhookKind } from '../../domain/webhook.ts'
import { alarmsMessage, deviceDataSchemas, standardMessages } from '../../domain/webhook-messages.ts'

type Json = Record<string, unknown>

/** When each is sent; docs/guides/webhooks.md says more. */
const sentWhen: Record<WebhookKind | typeof testKind, string> = {
  'coverage.started': 'A customer can be read; of a customer, its own keys can read its data',
  'coverage.changed': 'A customer shares other kinds of data',
  'coverage.ended': 'A customer can no longer be read; of a customer, its own keys can no longer read its data',
  'alarm.activated': 'An alarm became active',
  'alarm.updated': 'An alarm changed',
  'alarm.cleared': 'An alarm is over',
  'device.changed': 'A device is new, or has changed',
  'device.removed': 'A device is gone',
  'gateway.offline': 'Nothing was heard of a gateway for 15 minutes',
  'gateway.online': 'A gateway is heard again',
  'key.expiring': 'A key of yours ends in 30, 7 or 1 days',
  [testKind]: 'Somebody asked for a test',
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description,
})
const idHeader = header('webhook-id', 'The same at each attempt.')
const signed = [
  idHeader,
  header('webhook-timestamp', 'When this attempt was made, in seconds since 1970.'),
  header(
    'webhook-signature',
    'Of `ID.TIMESTAMP.BODY`: `v1,…` or `v1a,…` in base64, several with spaces between (Standard Webhooks 1.0.0).',
  ),
]
const authorized = [idHeader, header('authorization', 'What was given for the receiver: Basic or Bearer.')]

const responses = {
  '2XX': { description: 'It has arrived. Answer within 15 seconds.' },
  '410': { description: 'The receiver is gone: the webhook is disabled.' },
  default: { description: 'It failed, redirects too, and is sent again: ten times over about 75 hours.' },
}

function sent(name: string, summary: string, parameters: readonly Json[], description: string): Json {
  const schema = { $ref: `#/components/schemas/${name}` }
  const requestBody = { required: true, content: { 'application/json': { schema } } }
  return { post: { tags: ['webhooks'], summary, description, parameters, requestBody, responses } }
}

/** What webhooks' receivers are sent: the part `webhooks` of the API's document, by kind, and by `alarms` for the format of that name. */
export function messagesSent(): Record<string, Json> {
  const name = (schema: { meta(): { id?: unknown } | undefined }) => String(schema.meta()?.id)
  const byKind = standardMessages.flatMap((one) =>
    one.shape.type.options.map((kind) => [
      kind,
      sent(
        name(one),
        sentWhen[kind as WebhookKind],
        signed,
        'In the format standard. Take what you do not know as if it were not there.',
      ),
    ]),
  )
  const ofAlarms = sent(
    name(alarmsMessage),
    'An alarm became active, changed, or is over',
    authorized,
    `In the format alarms, for ${alarmKinds.join(', ')}.`,
  )
  return { ...Object.fromEntries(byKind), alarms: ofAlarms }
}

const documentFile = join(import.meta.dirname, '../../../openapi/device-data.yaml')

/** The schemas of the device-data API that messages hold. Where a base there says which schema follows it, that is left out: others than these follow it too. */
export async function schemasOfDeviceData(): Promise<Record<string, Json>> {
  const { parse } = await import('yaml')
  const { components } = parse(await readFile(documentFile, 'utf8')) as { components: { schemas: Record<string, Json> } }
  return Object.fromEntries(
    deviceDataSchemas.map((name) => {
      const { discriminator: _, ...schema } = components.schemas[name] as Json
      return [name, schema]
    }),
  )
}
