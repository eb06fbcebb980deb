import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import pg from 'pg'

const example = 'postgresql://user:password@host:5432/assent'

/**
 * Why this address of a PostgreSQL cannot be used, as what to give; null where nothing is against it. The driver itself reads it, with the
 * certificates that it names, as when it connects: it would tell neither what is wrong nor where. Never repeats the address.
 */
export function whyNoDatabase(address: string): string | null {
  if (!/^postgres(ql)?:\/\//.test(address)) {
    return `DATABASE_URL is not an address of a PostgreSQL. Give one such as ${example}.`
  }
  try {
    const { port, ssl } = new pg.Client({ connectionString: address })
    if (!(port >= 1 && port <= 65_535)) return unreadable
    return whyNoEncryption(ssl)
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) return unreadable
    return `DATABASE_URL names a certificate or key that cannot be read (${message}). Correct its sslrootcert, sslcert or sslkey.`
  }
}

const unreadable =
  `DATABASE_URL cannot be read as an address. Give one such as ${example}, with a port from 1 to 65535, and special characters of user ` +
  'and password percent-encoded.'

/** What the driver read of certificates: it says that it is a boolean, and it is what TLS takes. */
function whyNoEncryption(read: unknown): string | null {
  if (typeof read !== 'object' || read === null) return null
  const options = read as SecureContextOptions
  try {
    // TLS passes over what is no certificate here, and would then trust nobody.
    if (options.ca !== undefined) new X509Certificate(String(options.ca))
    // Its key is a property that is not copied.
    createSecureContext(options)
    return null
  } catch {
    return 'DATABASE_URL names a certificate or key that is none, or two that do not belong together. Give PEM files as its sslrootcert, sslcert and sslkey.'
  }
}
