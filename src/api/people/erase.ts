import type { Context } from '../../context.ts'
import { problem } from '../../http/problem.ts'
import type { Actor } from '../../store/database.ts'
import { erasePerson, isLastAdministrator } from '../../store/erasure.ts'

/**
 * Erases a person, as this caller. Throws last-administrator where its company would be left without one, and not-found where there is no
 * such person. It works as the system: no request may write the accounts library's tables, or the record of acts.
 */
export async function erase(context: Context, caller: { actor: Actor }, person: string): Promise<void> {
  await context.db.transaction('system', caller.actor, async (tx) => {
    if (await isLastAdministrator(tx, person)) throw problem('last-administrator')
    if ((await erasePerson(tx, person)) === null) throw problem('not-found')
  })
}
