import type { Resolve } from '../../src/outside/names.ts'

/** The one address that the operator lists; at the same port of others nobody may be reached. */
export const listedAddress = '127.0.0.2'

const inside = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '192.168.1.1', '172.16.0.1', '100.64.0.1', '0.0.0.0'] as const
/** Which a resolver may give for a name. */
const found = [
  ...[...inside, '172.31.255.255', '198.18.0.1', '192.0.2.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '127.0.0.53'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:a00:1', 'fe80::1', 'fe80::1%lo', 'fec0::1', 'fc00::1', 'fd00::1', 'ff02::1'],
  ...[
    '64:ff9b::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:4136:e378::',
    '2001:db8::1',
    '4000::1',
    'odd',
  ],
]

/** Spellings of an IPv4 address in a URL: by the WHATWG's parser, and carried by IPv6. */
function spellingsOf(address: string): string[] {
  const parts = address.split('.').map(Number) as [number, number, number, number]
  const [first, second, third, fourth] = parts
  const hex = (part: number) => `0x${part.toString(16)}`
  const octal = (part: number) => `0${part.toString(8)}`
  const low = third * 256 + fourth
  const whole = ((first * 256 + second) * 256 + third) * 256 + fourth
  const words = `${(first * 256 + second).toString(16)}:${low.toString(16)}`
  const wide = [...address].map((one) => String.fromCodePoint((one.codePointAt(0) as number) + 0xfee0)).join('')
  return [
    ...[
      address,
      `${address}.`,
      parts.map(hex).join('.'),
      parts.map(octal).join('.'),
      [hex(first), octal(second), third, fourth].join('.'),
    ],
    ...[
      `${first}.${second}.${low}`,
      `${first}.${whole - first * 2 ** 24}`,
      String(whole),
      hex(whole),
      `0X${whole.toString(16)}`,
      octal(whole),
    ],
    ...[
      `0000${first.toString(8)}.${second}.${third}.${fourth}`,
      [...address].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
    ],
    ...[wide, address.replaceAll('.', '。')],
    ...[`[::ffff:${address}]`, `[::ffff:${words}]`, `[0:0:0:0:0:FFFF:${words}]`, `[::${address}]`, `[::ffff:0:${address}]`],
    ...[`[64:ff9b::${address}]`, `[64:ff9b:1::${words}]`, `[2002:${words}::1]`],
  ]
}

const hosts = [
  ...inside.flatMap(spellingsOf),
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    '[::]',
    '[::1]',
    '[0000:0000:0000:0000:0000:0000:0000:0001]',
    '[fe80::1]',
    '[fc00::1]',
  ],
  ...['[fd12:3456::1]', '[ff02::1]', '[fec0::1]', '[2001:db8::1]', '[5f00::1]', '①②⑦.0.0.1', '127.1', '0', '0x7f.1'],
]

/** What a name resolves to, by how often it was looked up. */
const names = new Map<string, (nth: number) => string[]>([
  ...found.map((address, nth): [string, () => string[]] => [`found${nth}.example`, () => [address]]),
  ...found.slice(0, 10).map((address, nth): [string, () => string[]] => [`two${nth}.example`, () => [address, '::1']]),
  // One of both may be reached.
  ['first.example', () => ['127.0.0.1', listedAddress]],
  ['second.example', () => [listedAddress, '127.0.0.1']],
  ['third.example', () => ['::1', listedAddress, '::ffff:127.0.0.1']],
  // Between two look-ups it changes its mind, to and fro.
  ['later.example', (nth) => [nth === 0 ? listedAddress : '127.0.0.1']],
  ['sooner.example', (nth) => [nth % 2 === 0 ? '127.0.0.1' : listedAddress]],
  ['six.example', (nth) => [nth === 0 ? listedAddress : '::1']],
  ['more.example', (nth) => (nth === 0 ? [listedAddress] : ['127.0.0.1', '::1'])],
])

/** How a name begins that is asked by plain HTTP: one of its own, so that its look-ups are counted for themselves. */
const plainly = /^plainly\./

/** A resolver that knows these names alone. */
export function resolveNames(): Resolve {
  const looks = new Map<string, number>()
  return async (host) => {
    const nth = looks.get(host) ?? 0
    looks.set(host, nth + 1)
    const name = host.replace(plainly, '')
    const addresses = name.replace(/\.$/, '').toLowerCase() === 'localhost' ? ['127.0.0.1', '::1'] : names.get(name)?.(nth)
    if (addresses === undefined) throw new Error('ENOTFOUND')
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
}

/** URLs that lead to an address inside, at this port: by their spelling, by a name, or by a redirect of a receiver that may be asked. */
export function insideWays(port: number): string[] {
  const redirects = [301, 302, 303, 307, 308].flatMap((status) =>
    ['127.0.0.1', 'localhost', '[::1]'].map(
      (host) => `http://${listedAddress}:${port}/?status=${status}&to=${encodeURIComponent(`http://${host}:${port}/`)}`,
    ),
  )
  return [
    ...hosts.map((host) => `https://${host}:${port}/`),
    ...[...names.keys()].flatMap((name) => [`https://${name}:${port}/`, `http://plainly.${name}:${port}/`]),
    ...redirects,
  ]
}
