import { readdir, rename, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unlessMissing, writeDurably } from './durable-file.ts'

/** How many refused batches are kept to be looked at; of more, the oldest are deleted. */
const setAsideMax = 1000

/** Moves a batch that the server will never take to `directory`, with what the server said beside it. */
export async function setAside(path: string, directory: string, why: string): Promise<void> {
  const name = basename(path)
  await writeDurably(join(directory, `${name}.why`), why)
  await rename(path, join(directory, name)).catch(unlessMissing)
  const kept = (await readdir(directory)).filter((one) => /^\d.*(?<!\.why)$/.test(one)).sort()
  for (const one of kept.slice(0, Math.max(0, kept.length - setAsideMax))) {
    await unlink(join(directory, one)).catch(unlessMissing)
    await unlink(join(directory, `${one}.why`)).catch(unlessMissing)
  }
}
