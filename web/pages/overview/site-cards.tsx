import type { ReactNode } from 'react'
import type { SiteState } from '../../client.ts'
import { countText } from '../../numbers.ts'
import { paths } from '../../paths.ts'
import { severityTexts } from '../../texts/alarms.ts'
import { overviewTexts as texts } from '../../texts/overview.ts'
import { State } from '../../ui/state.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { SeverityMark } from '../alarms/severity-mark.tsx'
import styles from './site-cards.module.css'

/** The customer's alarms, devices and gateways, each with the way to its page. */
export function SiteCards({ state: { alarms, inventory } }: { state: SiteState }) {
  return (
    <ul className={styles.cards}>
      {alarms && <Alarms {...alarms} />}
      {inventory && <Devices {...inventory} />}
      {inventory && <Gateways gateways={inventory.gateways} />}
    </ul>
  )
}

function Card({ children }: { children: ReactNode }) {
  return <li className={styles.card}>{children}</li>
}

function Alarms({ active, unacknowledged = 0 }: NonNullable<SiteState['alarms']>) {
  const count = active.reduce((sum, one) => sum + one.count, 0)
  return (
    <Card>
      <TextLink to={paths.alarms} className={styles.title}>
        {count === 0 ? texts.noAlarms : texts.alarms(count)}
      </TextLink>
      <ul className={styles.severities}>
        {active.map(({ severity, count: of }) => (
          <li key={severity} aria-label={`${severityTexts[severity]}: ${of}`}>
            <SeverityMark severity={severity} /> {countText(of)}
          </li>
        ))}
      </ul>
      {count > 0 && <State mood={unacknowledged > 0 ? 'warn' : 'good'}>{texts.unacknowledged(unacknowledged)}</State>}
    </Card>
  )
}

function Devices({ devices, withoutContact }: NonNullable<SiteState['inventory']>) {
  return (
    <Card>
      <TextLink to={paths.inventory} className={styles.title}>
        {texts.devices(devices)}
      </TextLink>
      {devices > 0 && (
        <State mood={withoutContact > 0 ? 'warn' : 'good'}>
          {withoutContact > 0 ? texts.withoutContact(withoutContact) : texts.allInContact}
        </State>
      )}
    </Card>
  )
}

function Gateways({ gateways }: Pick<NonNullable<SiteState['inventory']>, 'gateways'>) {
  const silent = gateways.filter((one) => one.silent).length
  return (
    <Card>
      <TextLink to={paths.gateways} className={styles.title}>
        {gateways.length === 0 ? texts.noGateways : texts.gateways(gateways.length)}
      </TextLink>
      {gateways.length === 0 ? (
        <span>{texts.addGateway}</span>
      ) : (
        <State mood={silent > 0 ? 'warn' : 'good'}>{silent > 0 ? texts.silent(silent) : texts.allSending}</State>
      )}
    </Card>
  )
}
