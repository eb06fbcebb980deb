// A thread of Threads (threads.ts): does one task after the other.
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { type Asked, tasks } from './tasks.ts'

/** A tenth of what others have, where these want all of it. */
const lastPriority = 10

if ((workerData as { isLast: boolean }).isLast) goBehindOthers()

parentPort?.on('message', ({ n, task, question }: Asked) => {
  try {
    const { answer, transfer } = tasks[task](question as never)
    parentPort?.postMessage({ n, answer }, transfer)
  } catch (error) {
    parentPort?.postMessage({ n, error })
  }
})

/** Linux has a priority for each thread. Where it has none, this one has to share. */
function goBehindOthers(): void {
  try {
    const id = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    if (id > 0 && id !== process.pid) setPriority(id, lastPriority)
  } catch {}
}
