import { setUpTexts, signInTexts } from '../../texts/sign-in.ts'

const PASSWORD_LENGTH_MIN = 12

/** What is to be said at a field for an email address; undefined: nothing. */
export function emailMistake(email: string): string | undefined {
  if (!email.trim()) {
    return signInTexts.emailMissing
  }
  return /^\S+@\S+$/.test(email.trim()) ? undefined : signInTexts.emailMalformed
}

/** What is to be said at a field for a new password. */
export function newPasswordMistake(password: string): string | undefined {
  return password.length < PASSWORD_LENGTH_MIN ? setUpTexts.passwordShort(PASSWORD_LENGTH_MIN - password.length) : undefined
}
