import { runCommandLine } from '../../src/cli/main.ts'
import type { Managed } from './management.ts'

/** What `assent audit verify` finds wrong with the record of acts, as the vendor: nothing, where it says that nothing was changed. */
export async function verified({ server }: Managed): Promise<string[]> {
  const said: string[] = []
  const streams = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) }
  const status = await runCommandLine(
    ['audit', 'verify', '--url', server.url],
    { token: undefined, url: server.url, dataDir: server.dataDir },
    streams,
  )
  return status === 0 && said.some((text) => text.includes('nothing was changed')) ? [] : said
}
