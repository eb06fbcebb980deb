import { Anchor, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import type { Subscription } from '../../client.ts'
import { subscriptionTexts as texts } from '../../texts/subscriptions.ts'
import { Facts } from '../../ui/facts.tsx'
import { type Mood, State } from '../../ui/state.tsx'
import { Day } from '../../ui/time.tsx'
import { daysUntil, useNow } from '../../ui/times.ts'

const moods: Record<Subscription['state'], Mood> = { active: 'good', ended: 'bad', upcoming: 'idle' }

/** How the subscription stands, and what ends with it. */
export function SubscriptionState({
  subscription,
  upcoming,
  contact,
}: {
  subscription?: Subscription | undefined
  upcoming: Subscription[]
  /** Whom the vendor has named to be asked. */
  contact?: string | undefined
}) {
  const now = useNow()
  if (!subscription) {
    return (
      <>
        <Text fw={500}>{texts.none.title}</Text>
        <Consequence sentences={[texts.none.text, <Contact key="contact" contact={contact} />]} />
      </>
    )
  }
  const { state, kind, startsAt, endsAt, canceledAt } = subscription
  const isActive = state === 'active'
  return (
    <>
      <Facts
        facts={{
          [texts.facts.state]: <State mood={moods[state]}>{texts.state[state]}</State>,
          [texts.facts.kind]: texts.kinds[kind],
          [state === 'upcoming' ? texts.facts.starts : texts.facts.since]: <Day at={startsAt} />,
          [state === 'ended' ? texts.facts.ended : texts.facts.until]: <Day at={endsAt} />,
          [texts.facts.left]: isActive ? texts.left(daysUntil(endsAt, now)) : undefined,
          [texts.facts.next]: upcoming.length > 0 ? <Upcoming subscriptions={upcoming} /> : undefined,
        }}
      />
      <Consequence
        sentences={[
          canceledAt && isActive ? texts.canceled : undefined,
          texts[state],
          <Contact key="contact" contact={contact} />,
        ]}
      />
    </>
  )
}

function Upcoming({ subscriptions }: { subscriptions: Subscription[] }) {
  return subscriptions.map(({ id, kind, startsAt, endsAt }) => (
    <div key={id}>
      {texts.kinds[kind]}, <Day at={startsAt} /> – <Day at={endsAt} />
    </div>
  ))
}

/** How to come by another subscription. */
function Contact({ contact }: { contact: string | undefined }) {
  if (!contact) return texts.noContact
  return (
    <>
      {texts.contact.before}
      <Anchor href={contact.includes('://') ? contact : `mailto:${contact}`} underline="always" inherit>
        {contact.replace('https://', '')}
      </Anchor>
      {texts.contact.after}
    </>
  )
}

function Consequence({ sentences }: { sentences: ReactNode[] }) {
  return (
    <Text size="sm" c="dimmed" mt="md" maw="44rem">
      {sentences.filter(Boolean).map((sentence, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences in their order
        <Fragment key={place}>{sentence} </Fragment>
      ))}
    </Text>
  )
}
