import type { Context } from '../context.ts'
import { signHead as signed } from '../domain/act.ts'
import { keepSignedHead, presentHead } from '../store/acts.ts'

/**
 * Signs the record's head, keeps it, and writes it to the log as well: a log that is kept elsewhere then shows it when both the
 * record and the kept heads were changed (I11).
 */
export async function signHead(context: Context): Promise<void> {
  const head = signed(await presentHead(context.db.system), context.clock.now(), context.secrets.current)
  await keepSignedHead(context.db.system, head)
  context.log.info({ head }, 'the record of acts up to here is signed')
}
