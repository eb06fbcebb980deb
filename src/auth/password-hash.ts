/** The hash of a password, as the accounts library keeps and checks it (scrypt). The library is loaded when it is first needed. */
export async function hashPassword(password: string): Promise<string> {
  const library = await import('better-auth/crypto')
  return library.hashPassword(password)
}
