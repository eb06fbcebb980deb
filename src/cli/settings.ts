import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure, UsageError } from './command.ts'

/** What the environment says (config.ts reads it). */
export interface Environment {
  token: string | undefined
  url: string | undefined
  dataDir: string
}

/** Where the server is, and with what to ask it. */
export interface Settings {
  url: string
  token: string
  dataDir: string
}

const defaultUrl = 'http://localhost:4700'

/**
 * The server's address: --url, ASSENT_URL, or the file `url` of the data directory. The token: ASSENT_TOKEN, or the file
 * `cli-token` beside it, which the server writes when it starts. A command that asks no server needs neither.
 */
export function settingsOf(
  flags: { url?: string | undefined; data?: string | undefined },
  environment: Environment,
  withoutServer = false,
): Settings {
  const dataDir = flags.data === undefined ? environment.dataDir : resolve(flags.data)
  const url = flags.url ?? environment.url ?? fileIn(dataDir, 'url') ?? defaultUrl
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(`The server's address is "${url}". Give one such as https://portal.example.com.`)
  }
  const token = tokenIn('ASSENT_TOKEN', environment.token) ?? tokenIn(join(dataDir, 'cli-token'), fileIn(dataDir, 'cli-token'))
  if (token === undefined && !withoutServer) {
    throw new Failure(
      `There is no access token. Start the server (it writes one into ${join(dataDir, 'cli-token')}), name its data directory ` +
        'with --data or ASSENT_DATA, or set ASSENT_TOKEN.',
    )
  }
  return { url: new URL(url).origin, token: token ?? '', dataDir }
}

/** A header takes no other characters either: with them the request would not even begin. */
function tokenIn(place: string, text: string | undefined): string | undefined {
  if (!text) return undefined
  if (/^at_[0-9A-Za-z]+$/.test(text)) return text
  throw new Failure(
    `${place} holds no access token. One begins with at_, and letters and digits follow: give it without quotes or spaces.`,
  )
}

function fileIn(directory: string, name: string): string | undefined {
  const path = join(directory, name)
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Failure(
      `${path} cannot be read (${code}). Run this as the user that runs the server, or set ASSENT_TOKEN and ASSENT_URL.`,
    )
  }
}
