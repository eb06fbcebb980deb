import type { Gateway } from '../../client.ts'
import { gatewaysTexts as texts } from '../../texts/gateways.ts'
import { State } from '../../ui/state.tsx'

const moods = { never: 'idle', silent: 'bad', heard: 'good' } as const

/** Whether a gateway was heard of lately. */
export function stateOf({ lastContactAt, silent }: Gateway): keyof typeof moods {
  if (lastContactAt === undefined) return 'never'
  return silent ? 'silent' : 'heard'
}

export function GatewayState({ state }: { state: keyof typeof moods }) {
  return <State mood={moods[state]}>{texts.states[state]}</State>
}
