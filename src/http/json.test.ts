import { expect, test } from 'vitest'
import { acceptsGzip } from './json.ts'

test.each([
  ['gzip', true],
  ['GZIP, deflate', true],
  ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
  ['*', true],
  ['x-gzip', true],
  ['gzip;q=0', false],
  ['*;q=0, br', false],
  ['identity', false],
  ['', false],
  [undefined, false],
])('Accept-Encoding %j takes gzip: %s', (header, taken) => {
  expect(acceptsGzip(header)).toBe(taken)
})
