import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { problemText } from '../../client.ts'
import { isNotThere } from '../../devices.ts'
import { inventoryQuery } from '../../inventory.ts'
import { organizationSensorsQuery, type SensorOrder, type SensorsWanted, sensorOrders, sensorsMax } from '../../sensors.ts'
import { useIsShared } from '../../shared-kinds.ts'
import { closedTexts } from '../../texts/closed.ts'
import { typeText } from '../../texts/devices.ts'
import { locale } from '../../texts/language.ts'
import { portalTexts } from '../../texts/portal.ts'
import { sensorsTexts as texts } from '../../texts/sensors.ts'
import { ListChoice } from '../../ui/choice.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Loaded, Loading } from '../../ui/query.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from '../customers.module.css'
import { placesOf, treeOf } from '../inventory/tree-model.ts'
import { columns, kindsOf, orderOf, sortingOf } from './sensor-columns.tsx'
import { useWanted } from './wanted.ts'

/** An organization's sensors, with what to look for among them. For its own people and, where it consents, for its partners'. */
export function SensorBrowser({ organizationId }: { organizationId: string }) {
  const { given, settled, want } = useWanted()
  const sensors = useQuery(organizationSensorsQuery(organizationId, settled))
  const isPlaced = useIsShared(organizationId, 'inventory')
  const { data: inventory } = useQuery({ ...inventoryQuery(organizationId), enabled: isPlaced })
  const places = useMemo(() => (inventory ? placesOf(treeOf({ ...inventory, devices: [] })) : []), [inventory])
  if (isNotThere(sensors.error)) {
    return <Empty title={closedTexts.title}>{closedTexts.lead}</Empty>
  }
  const { data } = sensors
  const types = (data?.types ?? [])
    .map((value) => ({ value, label: typeText(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale))
  // Of some only, the highest among them would pass for the highest of all.
  const isWhole = data === undefined || data.total <= sensorsMax
  const order = isWhole ? given.order : ''
  return (
    <>
      <div className={styles.bar}>
        <SearchField
          label={texts.search}
          placeholder={texts.placeholder}
          value={given.search}
          onChange={(search) => want({ search })}
          className={styles.search}
        />
        <ListChoice
          label={texts.type}
          options={[{ value: '', label: texts.anyType }, ...types]}
          value={given.type}
          onChange={(type) => want({ type })}
        />
        <ListChoice
          label={texts.order}
          options={sensorOrders.map((value) => ({ value, label: texts.orders[value] }))}
          value={order}
          onChange={(chosen) => want({ order: chosen as SensorOrder })}
          disabled={!isWhole}
        />
        {places.length > 0 && (
          <ListChoice
            label={texts.location}
            options={[{ value: '', label: texts.anyLocation }, ...places]}
            value={given.locationId}
            onChange={(locationId) => want({ locationId })}
          />
        )}
      </div>
      <Loaded query={sensors} problemText={problemText}>
        {({ sensors: found, total }) => (
          <>
            <p role="status" className={styles.count}>
              {isWhole ? texts.count(total) : texts.firstOf(found.length, total)}
              {['highest', 'lowest'].includes(order) && kindsOf(found) > 1 && texts.byUnit}
            </p>
            {found.length > 0 && (
              <DataTable
                label={texts.table}
                columns={columns}
                rows={found}
                rowId={({ id }) => id}
                moreText={portalTexts.more}
                order={{
                  sorting: sortingOf(order),
                  onSort: isWhole ? (sorting) => want({ order: orderOf(sorting) }) : undefined,
                }}
              />
            )}
            {/* What is still there of another search says nothing of this one. */}
            {found.length === 0 && (sensors.isPlaceholderData ? <Loading /> : <NoneFound wanted={settled} />)}
          </>
        )}
      </Loaded>
    </>
  )
}

function NoneFound({ wanted: { search, type, locationId } }: { wanted: SensorsWanted }) {
  const { title, text } = search || type || locationId ? texts.noneFound : texts.none
  return <Empty title={title}>{text}</Empty>
}
