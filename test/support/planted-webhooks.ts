import { randomBytes } from 'node:crypto'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../src/store/database.ts'

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

/** Makes so many webhooks of one (`many 1`, `many 2`, …), each with this address, in which `n` is its number. */
export async function multiplyWebhook({ system }: Database, webhookId: string, count: number, url: Sql): Promise<void> {
  await system.rows(sql`
    insert into webhook (id, company_id, name, url, format, kinds)
    select 'many ' || n, w.company_id, w.name, ${url}, w.format, w.kinds
      from webhook w
     cross join generate_series(1, ${count}::integer) n
     where w.id = ${webhookId}`)
  await system.rows(sql`insert into webhook_queue (webhook_id) select id from webhook where id like 'many %'`)
  await system.rows(sql`
    insert into webhook_secret (webhook_id, company_id, scheme, sealed_secret, secret_name)
    select w.id, w.company_id, s.scheme, s.sealed_secret, s.secret_name
      from webhook w
     cross join webhook_secret s
     where w.id like 'many %' and s.webhook_id = ${webhookId}`)
}

/** A test event for each of these, under an id of this round. They are sent once the webhooks' queues say that they are due. */
export async function plantDeliveries({ system }: Database, round: string): Promise<void> {
  await system.rows(sql`
    insert into webhook_delivery (id, webhook_id, needs, kind, lane, place, ordinal, body, accepted_at, next_attempt_at)
    select ${`${round} `} || w.id, w.id, 'nothing', 'webhook.test', 'test', 0, 0, '{}', statement_timestamp(), statement_timestamp()
      from webhook w
     where w.id like 'many %'`)
}
