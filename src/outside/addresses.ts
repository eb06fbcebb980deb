import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Inside } from '../address-settings.ts'

/**
 * Whether an address, in any spelling, is one of the public internet, where nothing of the operator's own can be. What merely carries an IPv4
 * address is judged by that: IPv4-mapped IPv6, and NAT64's well-known prefix (RFC 6052). All other special ranges are not public, among them
 * 6to4 and Teredo, which tunnel to an IPv4 address that they hide.
 */
export function isPublic(address: string): boolean {
  const plain = plainOf(address)
  if (plain === null) return false
  if (plain.kind() === 'ipv4') return plain.range() === 'unicast'
  // Global unicast is 2000::/3 alone (RFC 4291): what else may be given out one day is not the internet today.
  return plain.range() === 'unicast' && ((plain.toByteArray()[0] as number) & 0xe0) === 0x20
}

/** A URL's host: IPv6 without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Where names that need no look-up lead (RFC 6761, section 6.3). */
const loopback = ['127.0.0.1', '::1']

/** Why a URL is never asked, as far as it says so itself: null where its name would have to be looked up, or nothing is in the way. */
export function whyNeverAsked(inside: Inside, url: URL): 'inside' | 'not-https' | null {
  const host = nameOf(hostOf(url))
  const addresses = isIP(host) !== 0 ? [host] : /(^|\.)localhost$/.test(host) ? loopback : []
  if (inside.hosts.includes(host) || addresses.some((one) => isListed(inside, host, one))) return null
  if (addresses.length > 0 && !addresses.some(isPublic)) return 'inside'
  // A name may lead into a network that is listed.
  return url.protocol === 'http:' && (addresses.length > 0 || inside.networks.length === 0) ? 'not-https' : null
}

/** Whether the operator's list has this address, or the name under which it was found. */
export function isListed(inside: Inside, host: string, address: string): boolean {
  if (inside.hosts.includes(nameOf(host))) return true
  const plain = plainOf(address)
  if (plain === null) return false
  return inside.networks.some((network) => {
    const [base, bits] = rangeOf(network)
    return base.kind() === plain.kind() && plain.match(base, bits)
  })
}

/** A host's name as it is compared: without capitals and the root's dot. */
export function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}

/** The address that packets go to; null: it is none. An address of a zone (fe80::1%eth0) is of its link. */
function plainOf(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const address = text.replace(/%.*$/, '')
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address)
  if (!ipaddr.IPv6.isValid(address)) return null
  const six = ipaddr.IPv6.parse(address)
  if (six.isIPv4MappedAddress()) return six.toIPv4Address()
  return six.match(ipaddr.IPv6.parse('64:ff9b::'), 96) ? new ipaddr.IPv4(six.toByteArray().slice(12)) : six
}

function rangeOf(network: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (network.includes('/')) return ipaddr.parseCIDR(network)
  const address = plainOf(network) ?? ipaddr.parse(network)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
