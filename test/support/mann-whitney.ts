/**
 * How likely two samples of one distribution differ as much as these do: the two-sided p of the Mann-Whitney U test, by its normal
 * approximation with correction for ties. For samples of twenty or more each.
 */
export function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, first: true })), ...other.map((value) => ({ value, first: false }))]
  all.sort((a, b) => a.value - b.value)
  let rankSum = 0
  let ties = 0
  for (let start = 0; start < all.length; ) {
    let end = start
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1
    const count = end - start
    const rank = (start + 1 + end) / 2
    rankSum += rank * all.slice(start, end).filter(({ first }) => first).length
    ties += count ** 3 - count
    start = end
  }
  const [m, n] = [one.length, other.length]
  const total = m + n
  const u = rankSum - (m * (m + 1)) / 2
  const spread = Math.sqrt(((m * n) / 12) * (total + 1 - ties / (total * (total - 1))))
  if (spread === 0) return 1
  const z = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5) / spread
  return 2 * (1 - normal(z))
}

/** The normal distribution's Φ(z) for z ≥ 0 (Abramowitz and Stegun, 26.2.17: wrong by 7.5e-8 at most). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail
}
