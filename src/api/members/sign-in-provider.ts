import type { Context } from '../../context.ts'
import { redirectUriOf, type SignInProvider, signOutUriOf } from '../../domain/sign-in-provider.ts'
import type { ProviderRow } from '../../store/sign-in-providers.ts'

/** A provider as its company's administrators see it: without the secret. */
export function toldProvider({ config }: Context, row: ProviderRow): SignInProvider {
  const { name, issuer, clientId, enabled, required, exemptMemberId, twoFactors } = row
  return {
    ...{ name, issuer, clientId, enabled, required, countsAsTwoFactors: twoFactors },
    ...(exemptMemberId === null ? {} : { exemptMemberId }),
    redirectUri: redirectUriOf(config.url),
    signOutUri: signOutUriOf(config.url),
  }
}
