import type { Translation } from '../messages.ts'
import { accountMessages } from './accounts.ts'
import { alarmMessages } from './alarms.ts'
import { companyMessages } from './company.ts'
import { consentMessages } from './consent.ts'
import { customerMessages } from './customers.ts'
import { keyMessages } from './keys.ts'
import { siteMessages } from './sites.ts'

/** Every message in German. */
export const german: Translation = {
  ...accountMessages,
  ...companyMessages,
  ...customerMessages,
  ...consentMessages,
  ...keyMessages,
  ...siteMessages,
  ...alarmMessages,
}
