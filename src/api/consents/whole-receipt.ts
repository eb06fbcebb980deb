import type { Context } from '../../context.ts'
import type { ConsentReceipt } from '../../domain/consent-receipt.ts'
import { consentTextOf } from '../../domain/consent-text.ts'
import { idFrom } from '../../domain/ids.ts'
import type { DataKinds } from '../../domain/partnership.ts'
import { problem } from '../../http/problem.ts'
import { receiptOf } from '../../store/consent-receipts.ts'

/** A receipt of the company, on either side, with the words that were agreed to. Throws where it has none with this id. */
export async function wholeReceipt({ db }: Context, company: string, id: string): Promise<ConsentReceipt> {
  const row = await receiptOf(db.request, company, idFrom(id))
  if (row === null) throw problem('not-found')
  const { textVersion, ...receipt } = row
  const text = textVersion === undefined ? null : consentTextOf(textVersion)
  if (text === null) return receipt
  const { version, label, closed, withdrawal } = text
  const sees = (Object.keys(text.sees) as (keyof DataKinds)[]).filter((kind) => row.kinds[kind]).map((kind) => text.sees[kind])
  return { ...receipt, text: { version, label, sees, closed: [...closed], withdrawal } }
}
