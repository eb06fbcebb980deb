import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

/** How a name becomes addresses. Rejects where it has none, or was not answered in time (ETIMEOUT). */
export type Resolve = (host: string) => Promise<Address[]>

interface Address {
  address: string
  family: number
}

/**
 * Of the first question to a name server that has not answered yet; each of the next waits twice as long, up to a bound. One that has answered soon
 * is asked again sooner: so these are as many as it takes to wait for as long as an attempt may.
 */
const questionWithinMs = 1_500
const questionMaxMs = 4_000
const questionsMax = 6
/**
 * Once a name has addresses of one kind, those of the other are waited for so long: there are name servers that do not answer for IPv6. A lost answer for IPv4,
 * without which many hosts reach nobody, is asked for again meanwhile.
 */
const otherKindWithinMs = { 4: 500, 6: questionWithinMs + questionMaxMs }
/** What one name server answers where another may know. */
const elsewhere = new Set(['ESERVFAIL', 'EREFUSED', 'ENOTIMP'])
/** What the system's files say is read again after so long: a server runs for longer than its host stays in a network. */
const rereadAfterMs = 5_000
const loopback = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

interface Sources {
  hostsFile?: string
  resolverFile?: string
  /** Addresses with ports that are asked, rather than those of `resolverFile`. */
  servers?: string[]
}

interface Known {
  hosts: Map<string, Address[]>
  resolverText: string
  searched: string[]
  /** A name with fewer dots is first looked for in the domains that are searched. */
  dotsMin: number
  /** One that asks all name servers, the next where one is silent; and one for each of the others, where the first declines. */
  resolvers: Resolver[]
}

/**
 * Looks names up as the system's library does: in /etc/hosts, else by the name servers and in the domains of /etc/resolv.conf. Not by that library:
 * it asks in threads of which the process has few, and a name whose servers are silent keeps one of them for as long as they are. Here any
 * number of names is asked for at once, and none waits for another.
 */
export function systemNames(sources: Sources = {}): Resolve {
  let known: Promise<Known | undefined> = Promise.resolve(undefined)
  let readAtMs = Number.NEGATIVE_INFINITY
  /** By name: many deliveries may go to one host at once. No answer is kept. */
  const underWay = new Map<string, Promise<Address[]>>()
  const shared = (host: string, ask: () => Promise<Address[]>) => {
    const asking = underWay.get(host) ?? ask().finally(() => underWay.delete(host))
    underWay.set(host, asking)
    return asking
  }
  return async (host) => {
    if (performance.now() - readAtMs > rereadAfterMs) {
      readAtMs = performance.now()
      known = known.then((before) => read(sources, before))
    }
    const { hosts, searched, dotsMin, resolvers } = (await known) as Known
    const name = host.toLowerCase().replace(/\.$/, '')
    const written = hosts.get(name)
    if (written !== undefined) return written
    // RFC 6761, section 6.3: no name server is asked for these.
    if (/(^|\.)localhost$/.test(name)) return loopback
    return shared(host.toLowerCase(), () => asked(resolvers, spelledOut(host, searched, dotsMin)))
  }
}

async function read(
  { hostsFile = '/etc/hosts', resolverFile = '/etc/resolv.conf', servers }: Sources,
  before: Known | undefined,
): Promise<Known> {
  const [hostsText = '', resolverText = ''] = await Promise.all(
    [hostsFile, resolverFile].map((path) => readFile(path, 'utf8').catch(() => '')),
  )
  if (before !== undefined && before.resolverText === resolverText) return { ...before, hosts: hostsOf(hostsText) }
  const newResolver = (asked?: readonly string[]) => {
    const made = new Resolver({ timeout: questionWithinMs, maxTimeout: questionMaxMs, tries: questionsMax })
    if (asked !== undefined) made.setServers(asked)
    return made
  }
  const all = newResolver(servers)
  const resolvers = [
    all,
    ...all
      .getServers()
      .slice(1)
      .map((one) => newResolver([one])),
  ]
  return {
    hosts: hostsOf(hostsText),
    resolverText,
    searched: searchedOf(resolverText),
    dotsMin: dotsMinOf(resolverText),
    resolvers,
  }
}

/** hosts(5): an address and its names, in each line. */
function hostsOf(text: string): Known['hosts'] {
  const hosts: Known['hosts'] = new Map()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const family = isIP(address)
    if (family === 0) continue
    for (const name of names.map((one) => one.toLowerCase())) hosts.set(name, [...(hosts.get(name) ?? []), { address, family }])
  }
  return hosts
}

/** resolv.conf(5): the last line of search, or of domain, counts. */
function searchedOf(text: string): string[] {
  const [, list = ''] = [...text.matchAll(/^[ \t]*(?:search|domain)[ \t]+(.*)$/gm)].at(-1) ?? []
  return list.split(/\s+/).filter((domain) => domain !== '' && domain !== '.')
}

/** resolv.conf(5): ndots, of which more than 15 count as 15. */
function dotsMinOf(text: string): number {
  const dots = [...text.matchAll(/^[ \t]*options[ \t].*?\bndots:(\d+)/gm)].at(-1)?.[1]
  return dots === undefined ? 1 : Math.min(15, Number(dots))
}

/** The names that are asked for, in their order: a dot at its end says that a name is whole, and enough of them within that it may be. */
function spelledOut(host: string, searched: readonly string[], dotsMin: number): string[] {
  if (host.endsWith('.')) return [host]
  const longer = searched.map((domain) => `${host}.${domain}`)
  return host.split('.').length > dotsMin ? [host, ...longer] : [...longer, host]
}

/** What the first of these names that has any resolves to. */
async function asked(resolvers: readonly Resolver[], names: readonly string[]): Promise<Address[]> {
  let failure: unknown
  for (const name of names) {
    try {
      return await answered(resolvers, name)
    } catch (error) {
      failure = error
      // The next would be waited for as long.
      if (isLate(error)) break
    }
  }
  throw failure
}

/** What the first of the name servers says that does not decline. */
async function answered(resolvers: readonly Resolver[], name: string): Promise<Address[]> {
  let failure: unknown
  for (const resolver of resolvers) {
    try {
      return await addressesOf(resolver, name)
    } catch (error) {
      failure ??= error
      if (!elsewhere.has((error as { code?: string }).code ?? '')) throw error
    }
  }
  throw failure
}

/** Its IPv4 addresses, then those of IPv6: where it has one kind, and the other's answer does not come soon (there are such name servers), that one alone. */
async function addressesOf(resolver: Resolver, name: string): Promise<Address[]> {
  const asking = [
    resolver.resolve4(name).then((found) => ofFamily(4, found)),
    resolver.resolve6(name).then((found) => ofFamily(6, found)),
  ]
  const first = await Promise.any(asking).catch(({ errors }: AggregateError) => {
    throw errors.find(isLate) ?? errors[0]
  })
  const late = after(otherKindWithinMs[(first[0] as Address).family as 4 | 6], [], { ref: false })
  const found = await Promise.all(asking.map((one) => Promise.race([one.catch(() => []), late])))
  return found.flat()
}

/** Of a name that stands for another one without addresses of this kind, node says that it has none of them, rather than that there are none. */
function ofFamily(family: number, found: readonly string[]): Address[] {
  if (found.length === 0) throw Object.assign(new Error('The name has no such addresses.'), { code: 'ENODATA' })
  return found.map((address) => ({ address, family }))
}

function isLate(error: unknown): boolean {
  return (error as { code?: string }).code === 'ETIMEOUT'
}
