import { expect } from 'vitest'
import { runCommandLine } from '../../src/cli/main.ts'

/** Whose server it is, and what the caller has: a token, or, without one, the server's own files, as the vendor on its machine has. */
export interface CommandPlace {
  server: { url: string; dataDir: string }
  token?: string
}

/** Runs a command in this process. */
export async function assent(
  { server, token }: CommandPlace,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const environment =
    token === undefined ? { token, url: undefined, dataDir: server.dataDir } : { token, url: server.url, dataDir: '/nowhere' }
  const code = await runCommandLine(args, environment, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  })
  return { code, ...said }
}

/** What a command that succeeds answers as JSON. */
export async function assentJson(place: CommandPlace, ...args: string[]) {
  const { code, out, err } = await assent(place, ...args, '--json')
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out)
}
