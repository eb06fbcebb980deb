import { Anchor, Title } from '@mantine/core'
import type { Partner } from '../../client.ts'
import { paths } from '../../paths.ts'
import { consentTexts } from '../../texts/consent.ts'
import { partnerTexts as texts } from '../../texts/subscriptions.ts'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Ago, Day } from '../../ui/time.tsx'
import { AdministratorAccess } from './administrator-access.tsx'
import { ConsentField } from './consent-field.tsx'
import styles from './partner-section.module.css'
import { RemovePartner } from './remove-partner.tsx'

/** One partner: who it is, whether it may read, and what that means. */
export function PartnerSection({ partner, paused }: { partner: Partner; paused: boolean }) {
  const { name, partnerId, contactEmail, contactPhone, address, connectedAt, lastReadAt } = partner
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
          [texts.facts.lastRead]: lastReadAt ? <Ago at={lastReadAt} /> : texts.neverRead,
        }}
      />
      <ConsentField partner={partner} paused={paused} />
      <div className={styles.meaning}>
        <Meaning title={texts.willSee(name)} points={shared(partner)} />
        <Meaning title={texts.willNotSee} points={consentTexts.closed} />
      </div>
      <p className={styles.note}>{consentTexts.withdrawal}</p>
      <p>
        <TextLink to={paths.accessHistory}>{texts.history}</TextLink>
      </p>
      <AdministratorAccess partner={partner} />
    </Section>
  )
}

/** In plain words, the kinds that are shared; before consent, all that the box shares. */
function shared({ consent }: Partner): string[] {
  return (['inventory', 'alarms', 'sensors'] as const)
    .filter((kind) => consent?.kinds[kind] ?? true)
    .map((kind) => consentTexts.sees[kind])
}

function Meaning({ title, points }: { title: string; points: readonly string[] }) {
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
