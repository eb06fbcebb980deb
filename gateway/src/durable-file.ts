import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file so that, after a crash at any moment, it holds all of `text` or what it held before. On return it is on the disk. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncDirectory(dirname(path))
}

/** Puts renames and deletions in a directory on the disk. Windows has no way to, and needs none. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
