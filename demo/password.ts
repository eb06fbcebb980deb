import type { Clock } from '../src/clock.ts'

/** Lower case and digits without those that look alike (l 1, o 0): 32 of them, so that a byte chooses evenly. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const groups = 4
const groupLength = 4

/** A password that is easy to read and type, of 80 random bits: `kq7m-t3hx-9pwz-c4vd`. */
export function newPassword(clock: Clock): string {
  return Array.from({ length: groups }, () =>
    [...clock.randomBytes(groupLength)].map((byte) => alphabet[byte % 32]).join(''),
  ).join('-')
}
