/** Time and randomness, passed in by main.ts. */
export interface Source {
  now(): Date
  /** From 0 to below 1. */
  random(): number
  /** Text that no other data directory has. */
  newInstance(): string
}
