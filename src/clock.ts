import { randomBytes } from 'node:crypto'

/** Time and randomness, passed in by main.ts so that a test can hold both. */
export interface Clock {
  now(): Date
  /** `size` bytes from the system's cryptographic generator. */
  randomBytes(size: number): Buffer
}

export const systemClock: Clock = { now: () => new Date(), randomBytes }
