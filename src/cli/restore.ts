import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { command, Failure } from './command.ts'

const server = join(import.meta.dirname, '../main.ts')

const restore = command({
  name: 'restore',
  summary: 'Restore a backup into an empty database, with the server stopped',
  args: ['FILE'],
  withoutServer: true,
  run: async ({ settings, args: [file = ''] }) => {
    // The server's own program does it: the embedded database is for one process, and settings are the server's.
    const running = spawn(process.execPath, [server, '--data', settings.dataDir, '--restore', file], { stdio: 'inherit' })
    const code = await new Promise<number | null>((done, failed) => running.once('error', failed).once('exit', done))
    if (code !== 0) throw new Failure('Nothing was restored.')
    return { json: { restored: file }, text: '' }
  },
})

export const restoreCommands = [restore]
