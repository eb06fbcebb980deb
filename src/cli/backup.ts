import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { answered, command, Failure } from './command.ts'

const backup = command({
  name: 'backup',
  summary: 'Write the whole database, as of one moment, into a file for `assent restore`',
  args: ['FILE'],
  run: async ({ client, args: [file = ''] }) => {
    const path = resolve(file)
    if (existsSync(path)) throw new Failure(`${path} is there already. Name another file, or move that one away.`)
    const bytes = await keep(path, async () => {
      const result = await client.GET('/api/v1/backup', { parseAs: 'stream' })
      return answered(result) as unknown as ReadableStream<Uint8Array>
    })
    return {
      json: { file: path, bytes },
      text: `${path}: ${bytes} bytes. Keep it as safe as the database, and the server's secret (ASSENT_SECRET, or the file "secret") beside it: without that, no key in it works.`,
    }
  },
})

/**
 * Keeps a stream as a file of mode 0600, whole or not at all, on the disk when this returns. Returns its length. The file is there before
 * `open` is called: a stream that nobody can keep would hold the process, and on the server a snapshot.
 */
async function keep(path: string, open: () => Promise<ReadableStream<Uint8Array>>): Promise<number> {
  const temporary = `${path}.part`
  let bytes = 0
  const file = openedNew(temporary)
  try {
    for await (const chunk of await open()) {
      writeSync(file, chunk)
      bytes += chunk.length
    }
    fsyncSync(file)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    if (error instanceof Failure) throw error
    throw new Failure(`The backup broke off after ${bytes} bytes, and nothing was kept (${(error as Error).message}). Try again.`)
  } finally {
    closeSync(file)
  }
  return bytes
}

function openedNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const advice = code === 'EEXIST' ? 'Another backup is being written there, or broke off: delete it' : 'Name another file'
    throw new Failure(`${path} cannot be written (${code}). ${advice}.`)
  }
}

export const backupCommands = [backup]
