import type { Context } from '../../context.ts'
import { deliveryDays, mailDays, type Retention, retention } from '../../domain/retention.ts'
import { managementOperation } from '../../http/management.ts'
import { rolledUpDays } from '../../measurements/lines.ts'
import { minuteDays } from '../../store/accesses/forget.ts'
import { closedDays } from '../../store/closing.ts'
import { alarmHistoryDays, batchIdDays, deletionDays } from '../../store/ingest/purge.ts'
import { type KeptCounts, keptCounts } from '../../store/retention.ts'
import { access } from '../access.ts'

export const getRetention = managementOperation({
  operationId: 'getRetention',
  method: 'GET',
  path: '/installation/retention',
  tag: 'installation',
  summary: 'What is kept, for how long, and how much of it there is',
  description: 'Data of devices are not counted.',
  access: access.getRetention,
  answer: { status: 200, schema: retention },
  handle: async ({ context }) => ({ kept: keptNow(context, await keptCounts(context.db.system)) }),
})

function keptNow({ config }: Context, counts: KeptCounts): Retention['kept'] {
  const counted = (count: number, oldestAt: string | null) => ({ count, ...(oldestAt === null ? {} : { oldestAt }) })
  const days = (count: number) => ({ hours: count * 24 })
  return [
    { what: 'measurements', hours: config.measurementHours },
    { what: 'chart measurements', ...days(rolledUpDays) },
    { what: 'states of alarms', ...days(alarmHistoryDays) },
    { what: 'deletions', ...days(deletionDays) },
    { what: 'batch ids', ...days(batchIdDays) },
    { what: 'accesses', ...days(counts.accessDays), ...counted(counts.accesses, counts.oldestAccessAt) },
    { what: 'accesses by the minute', ...days(minuteDays) },
    { what: 'mails', ...days(mailDays), ...counted(counts.mails, counts.oldestMailAt) },
    { what: 'webhook deliveries', ...days(deliveryDays) },
    { what: 'closed companies', ...days(closedDays), ...counted(counts.closedCompanies, counts.oldestClosedAt) },
    { what: 'acts', count: counts.acts },
  ]
}
