import type { Mail } from '../../client.ts'
import { mailsTexts as texts } from '../../texts/mails.ts'
import { type Mood, State } from '../../ui/state.tsx'

const moods: Record<Mail['state'], Mood> = { kept: 'idle', waiting: 'warn', sent: 'good', failed: 'bad' }

/** What became of a mail. */
export function MailState({ state }: { state: Mail['state'] }) {
  return <State mood={moods[state]}>{texts.states[state]}</State>
}
