import { assent } from './command-line.ts'
import type { Managed } from './management.ts'

/** What `assent audit verify` finds wrong with the record of acts, as the vendor: nothing, where it says that nothing was changed. */
export async function verified({ server }: Managed): Promise<string[]> {
  const { code, out, err } = await assent({ server }, 'audit', 'verify', '--url', server.url)
  return code === 0 && out.includes('nothing was changed') ? [] : [out, err]
}
