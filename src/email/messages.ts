import { accessTokenCreated } from './access-token-created.ts'
import { accessTokenDeleted } from './access-token-deleted.ts'
import { companyClosed } from './company-closed.ts'
import { gatewayAdded } from './gateway-added.ts'
import { gatewayRemoved } from './gateway-removed.ts'
import { keyDeleted } from './key-deleted.ts'
import { keyDisabled } from './key-disabled.ts'
import { keyEnabled } from './key-enabled.ts'
import { keyGenerated } from './key-generated.ts'
import type { NamedMessage } from './message.ts'

const all: readonly NamedMessage[] = [
  keyGenerated,
  keyDeleted,
  keyDisabled,
  keyEnabled,
  gatewayAdded,
  gatewayRemoved,
  accessTokenCreated,
  accessTokenDeleted,
  companyClosed,
]

/** Every kind of mail by its name, which mails keep: a name that was in use stays here. */
export const messages: ReadonlyMap<string, NamedMessage> = new Map(all.map((one) => [one.name, one]))
