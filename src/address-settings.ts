import { BlockList, isIP } from 'node:net'

/** What the operator lets this server ask although it is not of the public internet: networks such as 10.0.5.0/24, and names of hosts. */
export interface Inside {
  networks: readonly string[]
  hosts: readonly string[]
}

/** What stands between commas. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** Whether it is an address, or a network such as 192.0.2.0/24. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  try {
    new BlockList().addSubnet(address, /^\d+$/.test(bits) ? Number(bits) : -1, family === 4 ? 'ipv4' : 'ipv6')
    return true
  } catch {
    return false
  }
}

/** Whether it is a host's name, whose last part has a letter: else it would be another spelling of an address. */
export function isHostName(text: string): boolean {
  return /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(text)
}

export function insideOf(names: readonly string[]): Inside {
  return {
    networks: names.filter(isNetwork),
    hosts: names.filter((one) => !isNetwork(one)).map((one) => one.toLowerCase()),
  }
}
