import type { Key } from '../../client.ts'
import { keyTexts } from '../../texts/keys.ts'
import type { Mood } from '../../ui/state.tsx'

/** Whether a key is valid, and if not, why: as a word with its mark. */
export function keyState(key: Key): { mood: Mood; children: string } {
  if (key.valid) {
    return { mood: 'good', children: keyTexts.state.valid }
  }
  if (key.reportedAt) {
    return { mood: 'bad', children: keyTexts.state.reported }
  }
  if (key.expiresAt && new Date(key.expiresAt) <= new Date()) {
    return { mood: 'idle', children: keyTexts.state.expired }
  }
  return key.enabled ? { mood: 'bad', children: keyTexts.state.invalid } : { mood: 'warn', children: keyTexts.state.disabled }
}
