import { passkey } from '@better-auth/passkey'
import type { BetterAuthOptions, BetterAuthPlugin } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Context } from '../../context.ts'
import { passwordLengthMax, passwordLengthMin } from '../../domain/account.ts'
import { derivedKey } from '../../domain/server-secrets.ts'
import { providerSessions } from './provider-session.ts'

/**
 * Seconds that a session lasts after its last use, and how old that use may be before it is written down: the list of sessions
 * says when each was used, that far behind.
 */
const sessionSeconds = 7 * 24 * 60 * 60
const sessionUpdateSeconds = 5 * 60

/** How long the links in mails can be used. */
export const verificationSeconds = 24 * 60 * 60
export const resetSeconds = 60 * 60

/** How many wrong codes in a row lock an account's second factor, and for how long. */
export const codeLockout = { failuresMax: 10, seconds: 15 * 60 } as const

/** The header in which the address of a caller is handed to the library: it is never read from a request. */
export const addressHeader = 'x-assent-address'

/** What the library would tell somebody by mail. It is mailed by whoever asked the library, in the same transaction. */
export type Told =
  | { what: 'verify'; email: string; token: string }
  | { what: 'exists'; personId: string; email: string }
  | { what: 'reset'; personId: string; email: string; token: string }
  | { what: 'was reset'; personId: string; email: string }

/** The accounts library's settings: our tables and names, and its parts. `tell` is given what it would mail. */
export function optionsFor(context: Context, secure: boolean, tell: (told: Told) => void) {
  return {
    appName: context.config.portalName,
    baseURL: context.config.url,
    secret: derivedKey(context.secrets.current, 'accounts').toString('base64'),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      // Whoever registers proves the address first; a second registration under one address looks like the first one.
      autoSignIn: false,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
      resetPasswordTokenExpiresIn: resetSeconds,
      revokeSessionsOnPasswordReset: true,
      onExistingUserSignUp: async ({ user }) => tell({ what: 'exists', personId: user.id, email: user.email }),
      sendResetPassword: async ({ user, token }) => tell({ what: 'reset', personId: user.id, email: user.email, token }),
      onPasswordReset: async ({ user }) => tell({ what: 'was reset', personId: user.id, email: user.email }),
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: verificationSeconds,
      sendVerificationEmail: async ({ user, token }) => tell({ what: 'verify', email: user.email, token }),
    },
    plugins: plugins(context),
    ...models,
    advanced: {
      cookiePrefix: 'assent',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    logger: {
      level: 'warn',
      log: (level, message) => context.log[level === 'error' ? 'error' : 'debug']({ accounts: message }, 'accounts library'),
    },
  } as const satisfies BetterAuthOptions
}

/** A tuple that stays one: the library reads its operations' types off it, and takes no constant one. */
function all<Parts extends BetterAuthPlugin[]>(...parts: Parts): Parts {
  return parts
}

function plugins(context: Context) {
  return all(
    providerSessions(),
    twoFactor({
      issuer: context.config.portalName,
      accountLockout: { maxFailedAttempts: codeLockout.failuresMax, durationSeconds: codeLockout.seconds },
      schema: {
        user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
        twoFactor: {
          modelName: 'two_factor',
          fields: {
            backupCodes: 'backup_codes',
            userId: 'person_id',
            failedVerificationCount: 'failed_verification_count',
            lockedUntil: 'locked_until',
          },
        },
      },
    }),
    passkey({
      rpName: context.config.portalName,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
      schema: {
        passkey: {
          modelName: 'passkey',
          fields: {
            publicKey: 'public_key',
            userId: 'person_id',
            credentialID: 'credential_id',
            deviceType: 'device_type',
            backedUp: 'backed_up',
            createdAt: 'created_at',
          },
        },
      },
      // The library asks for user verification where it can be had; here a passkey is two factors, so it must have been.
      registration: {
        afterVerification: async ({ verification }) => {
          if (verification.registrationInfo?.userVerified !== true) throw notVerified()
        },
      },
      authentication: {
        afterVerification: async ({ verification }) => {
          if (!verification.authenticationInfo.userVerified) throw notVerified()
        },
      },
    }),
  )
}

/** A passkey was used without the finger, face or number that unlocks it. */
function notVerified(): APIError {
  return new APIError('UNAUTHORIZED', { message: 'the user was not verified' })
}

const models = {
  user: {
    modelName: 'person',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    changeEmail: { enabled: true },
  },
  session: {
    modelName: 'session',
    fields: {
      userId: 'person_id',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
    additionalFields: {
      method: { type: 'string', required: false, input: false },
      confirmedAt: { type: 'date', required: false, input: false, fieldName: 'confirmed_at' },
    },
    expiresIn: sessionSeconds,
    updateAge: sessionUpdateSeconds,
    // Whether somebody was there lately is asked by the frame (src/auth/confirmation.ts).
    freshAge: 0,
    cookieCache: { enabled: false },
  },
  account: {
    modelName: 'sign_in_method',
    fields: {
      userId: 'person_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'verification',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    storeIdentifier: 'hashed',
  },
} as const satisfies Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'>
