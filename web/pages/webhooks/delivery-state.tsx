import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { State } from '../../ui/state.tsx'
import type { DeliveryState as OfDelivery } from '../../webhooks.ts'

const moods = { waiting: 'idle', delivered: 'good', failed: 'bad', withheld: 'idle' } as const

/** What became of a delivery. */
export function DeliveryState({ state }: { state: OfDelivery }) {
  return <State mood={moods[state]}>{texts.states[state]}</State>
}
