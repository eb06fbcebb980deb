import { type ChildProcess, spawn } from 'node:child_process'

const startWithinMs = 90_000
const endWithinMs = 60_000

/** A program of ours in a process of its own, as a person starts it. */
export interface OwnProcess {
  pid: number
  /** All that it wrote to now. */
  stdout(): string
  stderr(): string
  /** Resolves when it has ended: its exit code, or the signal that ended it. Rejects where it does not end in time. */
  ended: Promise<number | string>
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void
}

/** What a program is started in: nothing of the surrounding settings reaches it. */
export function cleanEnvironment(env: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(ASSENT_|DATABASE_URL$|PG|VITEST|NODE_OPTIONS$)/.test(name)),
  )
  return { ...kept, ...env }
}

export function startProcess(args: readonly string[], env: Record<string, string | undefined> = {}): OwnProcess {
  const child = spawn(process.execPath, [...args], { env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  // What a failed test leaves running goes with the tests' own process.
  const leave = () => void child.kill('SIGKILL')
  process.once('exit', leave)
  child.once('close', () => process.off('exit', leave))
  const written = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text
  })
  return {
    pid: child.pid as number,
    stdout: () => written.out,
    stderr: () => written.err,
    ended: endOf(child),
    signal: (name) => void child.kill(name),
  }
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? (code as number)))
  })
}

/** A program's end, awaited with a bound; past it, it is killed and this throws. */
export async function endWithin(running: OwnProcess, ms = endWithinMs): Promise<number | string> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    running.signal('SIGKILL')
    late.reject(new Error(`Process ${running.pid} did not end within ${ms} ms.\n${running.stdout()}\n${running.stderr()}`))
  }, ms)
  try {
    return await Promise.race([running.ended, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks again and again, until `question` answers with something. Throws after `ms`. */
export async function until<Answer>(
  what: string,
  question: () => Promise<Answer | null | undefined | false>,
  ms = startWithinMs,
): Promise<Answer> {
  for (const end = Date.now() + ms; ; ) {
    const answer = await question()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
