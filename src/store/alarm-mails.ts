import sql from 'sql-template-tag'
import type { AlarmMails } from '../domain/alarm-mails.ts'
import type { Db } from './database.ts'
import { type Present, present } from './present.ts'

interface AlarmMailsRow {
  severity: AlarmMails['severity']
  cleared: boolean
  organizationIds: string[] | null
  locationIds: string[] | null
}

/** Of which alarms a member wants mails; null: of none. */
export async function alarmMailsOf(db: Db, member: string): Promise<Present<AlarmMailsRow> | null> {
  const [row] = await db.rows<AlarmMailsRow>(sql`
    select severity, cleared, organization_ids as "organizationIds", location_ids as "locationIds"
      from alarm_mail where member_id = ${member}`)
  return row === undefined ? null : present(row)
}

/** Notes what a member wants from now on. What came before the first choice is never told. */
export async function chooseAlarmMails(tx: Db, member: string, given: AlarmMails): Promise<void> {
  await tx.rows(sql`
    insert into alarm_mail (member_id, severity, cleared, organization_ids, location_ids)
    values (${member}, ${given.severity}, ${given.cleared}, ${given.organizationIds ?? null}::text[], ${given.locationIds ?? null}::text[])
    on conflict (member_id) do update
       set severity = excluded.severity, cleared = excluded.cleared, organization_ids = excluded.organization_ids,
           location_ids = excluded.location_ids`)
}

/** Ends a member's mails; done already, nothing happens. */
export async function endAlarmMails(tx: Db, member: string): Promise<void> {
  await tx.rows(sql`delete from alarm_mail where member_id = ${member}`)
}
