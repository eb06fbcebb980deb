import { expect, test } from 'vitest'
import { staleFiles } from '../scripts/generated.ts'

test('generated files are as `npm run generate` makes them now', async () => {
  expect(await staleFiles()).toEqual([])
})
