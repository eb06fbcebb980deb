import crypto, { type ScryptOptions } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Passwords cost a thousandth here: the tests make thousands of accounts, and hashes, which are meant to take their time, took more of it than all
 * else that the tests of access do. Nothing of ours is another than for everybody. Servers that are processes of their own pay in full, and so
 * does what a time decides (test/measured).
 */
const cost = 16

type Given = [
  password: string,
  salt: string,
  length: number,
  options: ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
]

const { scrypt } = crypto
// Each file of a worker comes by here.
if (scrypt.name !== 'cheapScrypt') {
  const cheapScrypt = (...[password, salt, length, options, done]: Given) =>
    scrypt(password, salt, length, { ...options, N: cost }, done)
  crypto.scrypt = cheapScrypt as typeof scrypt
  syncBuiltinESMExports()
}
