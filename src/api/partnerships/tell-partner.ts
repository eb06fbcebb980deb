import type { Context } from '../../context.ts'
import type { Message } from '../../email/message.ts'
import { queueMails } from '../../mail.ts'
import { companyById } from '../../store/companies.ts'
import type { Db } from '../../store/database.ts'
import { administratorsOf } from '../../store/members.ts'

/** Tells a partner's administrators what has become of the connection to a customer, in the transaction that does it. */
export async function tellPartner(
  context: Context,
  tx: Db,
  message: Message<{ customerName: string }>,
  { customerId, partnerCompanyId }: { customerId: string; partnerCompanyId: string },
): Promise<void> {
  const customer = await companyById(tx, customerId)
  if (customer === null) throw new Error('a connected customer is not there')
  const told = await administratorsOf(tx, partnerCompanyId)
  await queueMails(context, tx, message, told, { companyId: partnerCompanyId, facts: { customerName: customer.name } })
}
