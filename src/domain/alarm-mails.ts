import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { severities } from './batch.ts'
import { derivedKey, type ServerSecret, type ServerSecrets } from './server-secrets.ts'
import { storedId } from './text.ts'

/** Organizations, or locations, that one member may choose. */
export const alarmMailFilterMax = 500

const ids = z.array(storedId).min(1).max(alarmMailFilterMax)

const chosen = {
  severity: z
    .enum(severities)
    .describe(
      'Alarms of this severity, or of a worse one: from FAIL, CRITICAL, ERROR, WARNING, UNKNOWN, INITIALIZE, INFO to OK.',
    ),
  cleared: z.boolean().describe('Whether alarms that are cleared are told too.'),
  organizationIds: ids.optional().describe('Of these organizations alone. Absent: of all that are covered.'),
  locationIds: ids.optional().describe('Of devices in these locations, or below them, alone. Absent: anywhere.'),
}

/** What a member gives. */
export const givenAlarmMails = z.strictObject(chosen)

export const alarmMails = z.object(chosen).meta({ id: 'AlarmMails', description: 'Of which alarms a member is told by mail.' })
export type AlarmMails = z.infer<typeof alarmMails>

/**
 * What ends a member's mails without a sign-in: it stands in every one of them. It follows from the member's id and the server's secret, so it is kept
 * nowhere; it is good for nothing else.
 */
export function stopToken(memberId: string, secrets: ServerSecrets): string {
  return `${memberId}.${proof(memberId, secrets.current)}`
}

/** Whose mails a token ends; null: it is none. */
export function memberToStop(token: string, secrets: ServerSecrets): string | null {
  const dot = token.lastIndexOf('.')
  const [memberId, given] = [token.slice(0, Math.max(dot, 0)), Buffer.from(token.slice(dot + 1))]
  const right = [...secrets.all.values()].some((secret) => {
    const own = Buffer.from(proof(memberId, secret))
    return own.length === given.length && timingSafeEqual(own, given)
  })
  return right ? memberId : null
}

function proof(memberId: string, secret: ServerSecret): string {
  return createHmac('sha256', derivedKey(secret, 'ends of alarm mails')).update(memberId).digest('base64url')
}
