import sql from 'sql-template-tag'
import type { Installation } from '../domain/installation.ts'
import type { Db } from './database.ts'

/** What the vendor has set for every company. */
export async function installationSettings(db: Db): Promise<Installation> {
  const [row] = await db.rows<Installation>(sql`
    select invitation_days as "invitationDays", invitation_approval as "invitationApproval", trial_days as "trialDays",
           access_days as "accessDays"
      from installation_setting`)
  if (row === undefined) throw new Error('The installation has lost its row of settings.')
  return row
}

/** Sets what is given; undefined leaves it as it is. */
export async function updateInstallationSettings(
  tx: Db,
  given: { [Name in keyof Installation]?: Installation[Name] | undefined },
): Promise<void> {
  await tx.rows(sql`
    update installation_setting
       set invitation_days = coalesce(${given.invitationDays ?? null}::integer, invitation_days),
           invitation_approval = coalesce(${given.invitationApproval ?? null}::boolean, invitation_approval),
           trial_days = coalesce(${given.trialDays ?? null}::integer, trial_days),
           access_days = coalesce(${given.accessDays ?? null}::integer, access_days)`)
}
