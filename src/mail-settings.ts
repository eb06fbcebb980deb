import { BlockList, isIP } from 'node:net'

/** The server that takes mails. `implicit`: TLS from the first byte; `required`, `optional`: by STARTTLS. */
export interface SmtpServer {
  host: string
  port: number
  tls: 'implicit' | 'required' | 'optional'
  signIn: { user: string; password: string } | undefined
}

/** An address that mails come from, with the name that mail programs show beside it. */
export interface Mailbox {
  name: string | undefined
  address: string
}

/** Submission (RFC 6409) and its form with TLS from the start (RFC 8314). */
const ports = { 'smtp:': 587, 'smtps:': 465 }

/**
 * `smtp://` or `smtps://` with user and password percent-encoded; null where it is none. With `smtp://` STARTTLS is required, but
 * for a server on this machine, or with `?tls=optional`.
 */
export function smtpServerOf(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text)
  if (protocol !== 'smtp:' && protocol !== 'smtps:') return null
  const optional = protocol === 'smtp:' && search === '?tls=optional'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const user = decoded(username)
  const secret = decoded(password)
  if (host === '' || !['', '/'].includes(pathname) || hash !== '' || (search !== '' && !optional)) return null
  if (user === null || secret === null || (user === '') !== (secret === '')) return null
  return {
    host,
    port: port === '' ? ports[protocol] : Number(port),
    tls: protocol === 'smtps:' ? 'implicit' : optional || isLoopback(host) ? 'optional' : 'required',
    signIn: user === '' ? undefined : { user, password: secret },
  }
}

/** `address`, or `Name <address>`; null where it is neither. */
export function mailboxOf(text: string): Mailbox | null {
  const [, quoted, plain, inBrackets, alone] =
    /^(?:(?:"([^"\\\p{Cc}]+)"|([^"<>\\\p{Cc}]*?))\s*<([^<>\s]+)>|([^<>\s]+))$/u.exec(text.trim()) ?? []
  const address = inBrackets ?? alone ?? ''
  if (address.length > 254 || !/^[^@\s"(),:;<>[\\\]\p{Cc}]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/u.test(address)) return null
  return { name: (quoted ?? plain)?.trim() || undefined, address }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host.toLowerCase() === 'localhost'
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8, 'ipv4')
  loopback.addAddress('::1', 'ipv6')
  return loopback.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6')
}
