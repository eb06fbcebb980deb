import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { endWithin } from './support/own-process.ts'
import { accountOf } from './support/portal-session.ts'
import { newPlace, startServerProcess, withDatabaseOf } from './support/server-process.ts'
import { startSmtp } from './support/smtp.ts'

test('a server killed between sending a mail and noting it sends it again, under the same Message-ID', async () => {
  const smtp = await startSmtp()
  const place = await newPlace()
  const start = () => startServerProcess([...place.flags, ...smtp.flags, '--log-level', 'error'], place.env)
  const administrator = 'administrator@example.com'
  let server = await start()
  try {
    smtp.be('silent')
    const vendor = { authorization: `Bearer ${readFileSync(join(place.dataDir, 'cli-token'), 'utf8').trim()}` }
    const post = async (path: string, body: object) => {
      const headers = { ...vendor, 'content-type': 'application/json' }
      return (await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
    }
    const { id } = (await post('/companies', { kind: 'partner', name: 'Acme Power' })) as { id: string }
    const { url } = (await post(`/companies/${id}/setup-links`, { role: 'administrator', email: administrator })) as {
      url: string
    }
    const portal = await accountOf(server.url, url, administrator)
    await portal.send('POST', '/keys', { name: 'Watched', kind: 'demo' })
    const first = await smtp.mailTo(administrator, 'Watched')
    server.signal('SIGKILL')
    await endWithin(server)

    await withDatabaseOf(place, async (db) => {
      const [kept] = await db.system.rows<{ sent: boolean; leased: boolean }>(sql`
        select sent_at is not null as "sent", next_attempt_at > statement_timestamp() + interval '1 minute' as "leased" from mail`)
      expect(kept).toEqual({ sent: false, leased: true })
      // As if its lease were over.
      await db.system.rows(sql`update mail set next_attempt_at = statement_timestamp()`)
    })
    smtp.be('accept')
    server = await start()
    const second = await smtp.mailTo(administrator, 'Watched')
    expect(second.messageId).toBe(first.messageId)
    expect(second.text.replaceAll(/localhost:\d+/g, '')).toBe(first.text.replaceAll(/localhost:\d+/g, ''))
    server.signal('SIGTERM')
    expect(await endWithin(server)).toBe(0)
    await withDatabaseOf(place, async (db) => {
      const sent = await db.system.rows<{ sent: boolean; attempts: number }>(
        sql`select sent_at is not null as "sent", attempts from mail`,
      )
      expect(sent).toEqual([{ sent: true, attempts: 2 }])
    })
    expect(smtp.received).toHaveLength(2)
  } finally {
    server.signal('SIGKILL')
    await server.ended
    await place.remove()
    await smtp.close()
  }
})
