import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { problemText } from '../../client.ts'
import { isNotThere } from '../../devices.ts'
import { inventoryQuery } from '../../inventory.ts'
import { ordered, organizationSensorsQuery, type SensorOrder, type SensorsWanted, sensorOrders } from '../../sensors.ts'
import { useIsShared } from '../../shared-kinds.ts'
import { deviceTexts, typeText } from '../../texts/devices.ts'
import { portalTexts } from '../../texts/portal.ts'
import { sensorsTexts as texts } from '../../texts/sensors.ts'
import { ListChoice } from '../../ui/choice.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from '../customers.module.css'
import { placesOf, treeOf } from '../inventory/tree-model.ts'
import { columns } from './sensor-columns.tsx'
import { useWanted } from './wanted.ts'

/** An organization's sensors, with what to look for among them. For its own people and, where it consents, for its partners'. */
export function SensorBrowser({ organizationId }: { organizationId: string }) {
  const { given, settled, want } = useWanted()
  const sensors = useQuery(organizationSensorsQuery(organizationId, settled))
  const isPlaced = useIsShared(organizationId, 'inventory')
  const { data: inventory } = useQuery({ ...inventoryQuery(organizationId), enabled: isPlaced })
  const places = useMemo(() => (inventory ? placesOf(treeOf({ ...inventory, devices: [] })) : []), [inventory])
  const inOrder = useMemo(() => ordered(sensors.data?.sensors ?? [], settled.order), [sensors.data, settled.order])
  if (isNotThere(sensors.error)) {
    return <Empty title={deviceTexts.notShared.title}>{deviceTexts.notShared.text}</Empty>
  }
  const types = sensors.data?.types ?? []
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
          options={[{ value: '', label: texts.anyType }, ...types.map((type) => ({ value: type, label: typeText(type) }))]}
          value={given.type}
          onChange={(type) => want({ type })}
        />
        <ListChoice
          label={texts.order}
          options={sensorOrders.map((value) => ({ value, label: texts.orders[value] }))}
          value={given.order}
          onChange={(order) => want({ order: order as SensorOrder })}
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
              {found.length < total ? texts.firstOf(found.length, total) : texts.count(total)}
            </p>
            {found.length === 0 ? (
              <NoneFound wanted={settled} />
            ) : (
              <DataTable
                label={texts.table}
                columns={columns}
                rows={inOrder}
                rowId={({ id }) => id}
                moreText={portalTexts.more}
              />
            )}
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
