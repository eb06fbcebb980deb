import { isIP } from 'node:net'
import { z } from 'zod'

/** Networks that an address is part of: the narrow one that one household or machine has, and the wide one around it. */
export interface Networks {
  /** An IPv4 address itself, or the /64 of an IPv6 address, of which every machine has as many addresses as it likes. */
  narrow: string
  /** The /24 of an IPv4 address, or the /48 of an IPv6 address. */
  wide: string
}

/** Bound of the networks from which one key is accepted; the database holds it too. */
export const networksMax = 50

/** Networks from which a key is accepted, as a caller gives them; bits behind the mask are taken as 0. */
export const givenNetworks = z
  .array(
    z
      .string()
      .trim()
      .max(50)
      .refine(isNetwork, 'is not a network such as 192.0.2.0/24, 2001:db8::/32 or 198.51.100.7')
      .refine((text) => !/^::ffff:/i.test(text), 'is IPv4 in the form of IPv6: write it as IPv4, such as 192.0.2.0/24'),
  )
  .min(1)
  .max(networksMax)

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** An address in its own form: IPv4 where IPv6 only carries it, without a zone. Null: it is none, and so in no network. */
export function plainAddress(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
  return isIP(plain) === 0 ? null : plain
}

/** An address as it is written, with its IPv4 form where IPv6 only carries it (::ffff:192.0.2.1). What is none is a network of its own. */
export function networksOf(address: string): Networks {
  const plain = plainAddress(address)
  if (plain === null) return { narrow: address, wide: address }
  if (isIP(plain) === 4) return { narrow: plain, wide: `${plain.split('.').slice(0, 3).join('.')}.0/24` }
  const groups = groupsOf(plain)
  return { narrow: `${groups.slice(0, 4).join(':')}::/64`, wide: `${groups.slice(0, 3).join(':')}::/48` }
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const hexadecimal = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number)
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  })
  const [head = '', tail] = hexadecimal.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - front.length - back.length }, () => '0')
  return [...front, ...zeros, ...back].map((group) => Number.parseInt(group, 16).toString(16))
}
