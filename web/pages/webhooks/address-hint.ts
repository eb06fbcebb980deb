/** Of addresses in four parts, those of private, local and special networks as they are typed most. The server judges; this is told before it is asked. */
const insideFour = /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./

/** What may be in the way of an address, as far as it says so itself: it leads inside, or is not asked by HTTPS. */
export function addressHint(text: string): 'address-inside' | 'address-not-https' | undefined {
  if (!URL.canParse(text)) return undefined
  // The parser writes each spelling of an address in four parts alike.
  const { hostname, protocol } = new URL(text)
  const isInside = insideFour.test(hostname) || /(^|\.)localhost$/.test(hostname) || /^\[(?![23])/.test(hostname)
  if (isInside) return 'address-inside'
  return protocol === 'http:' ? 'address-not-https' : undefined
}
