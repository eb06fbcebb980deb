import { Anchor, Title } from '@mantine/core'
import type { Partner } from '../../client.ts'
import { partnerTexts as texts } from '../../texts/subscriptions.ts'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { Day } from '../../ui/time.tsx'
import { AdministratorAccess } from './administrator-access.tsx'
import { ConsentField } from './consent-field.tsx'
import styles from './partner-section.module.css'
import { RemovePartner } from './remove-partner.tsx'

/** One partner: who it is, whether it may read, and what that means. */
export function PartnerSection({ partner, paused }: { partner: Partner; paused: boolean }) {
  const { name, partnerId, contactEmail, contactPhone, address, connectedAt } = partner
  return (
    <Section title={texts.title} framed action={<RemovePartner partner={partner} />}>
      <Title order={3} className={styles.name}>
        {name}
      </Title>
      <Facts
        facts={{
          [texts.facts.id]: partnerId,
          [texts.facts.email]: contactEmail && <Anchor href={`mailto:${contactEmail}`}>{contactEmail}</Anchor>,
          [texts.facts.phone]: contactPhone && (
            <Anchor href={`tel:${contactPhone.replaceAll(/[^+\d]/g, '')}`}>{contactPhone}</Anchor>
          ),
          [texts.facts.address]: address,
          [texts.facts.connected]: <Day at={connectedAt} />,
        }}
      />
      <ConsentField partner={partner} paused={paused} />
      <div className={styles.meaning}>
        <Meaning title={texts.willSee(name)} points={texts.sees} />
        <Meaning title={texts.willNotSee} points={texts.closed} />
      </div>
      <p className={styles.note}>{texts.anyTime}</p>
      <AdministratorAccess partner={partner} />
    </Section>
  )
}

function Meaning({ title, points }: { title: string; points: string[] }) {
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  )
}
