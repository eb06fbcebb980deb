import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { AlarmsWanted } from '../../alarms.ts'
import type { Severity } from '../../client.ts'
import { inventoryQuery } from '../../inventory.ts'
import { useSession } from '../../session.ts'
import { useIsShared } from '../../shared-kinds.ts'
import { severityTexts, alarmsTexts as texts } from '../../texts/alarms.ts'
import { Choice, ListChoice } from '../../ui/choice.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from '../customers.module.css'
import { placesOf, treeOf } from '../inventory/tree-model.ts'
import { ActiveAlarms } from './active-alarms.tsx'
import { PastAlarms } from './past-alarms.tsx'

const severities = Object.keys(severityTexts) as Severity[]
const everything: AlarmsWanted = { severity: '', locationId: '', search: '', acknowledged: '' }

/** An organization's alarms, with what to look for among them. For its own people and, where it consents, for its partners'. */
export function AlarmBrowser({ organizationId }: { organizationId: string }) {
  const { company } = useSession()
  const [past, setPast] = useState(false)
  const [given, setGiven] = useState(everything)
  const [search] = useDebouncedValue(given.search.trim(), 200)
  const { data: inventory } = useQuery({ ...inventoryQuery(organizationId), enabled: useIsShared(organizationId, 'inventory') })
  const places = useMemo(() => (inventory ? placesOf(treeOf({ ...inventory, devices: [] })) : []), [inventory])
  const want = (change: Partial<AlarmsWanted>) => setGiven({ ...given, ...change })
  const wanted = { ...given, search }
  return (
    <>
      <div className={styles.bar}>
        <Choice
          label={texts.show}
          options={[
            { value: 'active', label: texts.active },
            { value: 'past', label: texts.past },
          ]}
          value={past ? 'past' : 'active'}
          onChange={(value) => setPast(value === 'past')}
        />
        <SearchField
          label={texts.search}
          placeholder={texts.placeholder}
          value={given.search}
          onChange={(search) => want({ search })}
          className={styles.search}
        />
        <ListChoice
          label={texts.severity}
          options={[
            { value: '', label: texts.anySeverity },
            ...severities.map((value) => ({ value, label: severityTexts[value] })),
          ]}
          value={given.severity}
          onChange={(severity) => want({ severity: severity as Severity | '' })}
        />
        {places.length > 0 && (
          <ListChoice
            label={texts.location}
            options={[{ value: '', label: texts.anyLocation }, ...places]}
            value={given.locationId}
            onChange={(locationId) => want({ locationId })}
          />
        )}
        {company.id === organizationId && (
          <ListChoice
            label={texts.acknowledged}
            options={[
              { value: '', label: texts.any },
              { value: 'false', label: texts.no },
              { value: 'true', label: texts.yes },
            ]}
            value={given.acknowledged}
            onChange={(acknowledged) => want({ acknowledged: acknowledged as AlarmsWanted['acknowledged'] })}
          />
        )}
      </div>
      {past ? (
        <PastAlarms organizationId={organizationId} wanted={wanted} />
      ) : (
        <ActiveAlarms organizationId={organizationId} wanted={wanted} />
      )}
    </>
  )
}
