import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type ListedDevice, problemText } from '../client.ts'
import { type DevicesWanted, devicesQuery, isNotThere } from '../devices.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session.ts'
import { devicesTexts as texts, typeText } from '../texts/devices.ts'
import { portalTexts } from '../texts/portal.ts'
import { ListChoice } from '../ui/choice.tsx'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { SearchIcon } from '../ui/icons.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import styles from './customers.module.css'
import { DeviceLink } from './device/device-link.tsx'
import { PageNotFound } from './page-not-found.tsx'

const column = columnsOf<ListedDevice>()
const columns = column.columns([
  column.accessor('label', {
    header: texts.columns.device,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => <DeviceLink deviceId={original.id}>{original.label}</DeviceLink>,
  }),
  column.accessor(({ type }) => typeText(type), { id: 'type', header: texts.columns.type, sortFn: 'text' }),
  column.accessor(({ modelName }) => modelName ?? texts.nothing, { id: 'model', header: texts.columns.model, sortFn: 'text' }),
  column.accessor(({ location }) => location?.path.join(' › ') ?? texts.nothing, {
    id: 'location',
    header: texts.columns.location,
    sortFn: 'text',
  }),
])

const everything: DevicesWanted = { search: '', type: '', locationId: '' }

/** The devices of the customer that is signed in, or of a valid customer of the partner. */
export function DevicesPage() {
  const { company } = useSession()
  const { organizationId } = useParams({ strict: false })
  const [wanted, setWanted] = useState(everything)
  const [search] = useDebouncedValue(wanted.search.trim(), 200)
  const devices = useQuery(devicesQuery(organizationId ?? company.id, { ...wanted, search }))
  if (isNotThere(devices.error)) {
    return <PageNotFound />
  }
  return (
    <Page
      title={texts.title}
      lead={organizationId ? texts.leadOf : texts.lead}
      up={
        organizationId && (
          <TextLink to={paths.customer} params={{ organizationId }}>
            {texts.up}
          </TextLink>
        )
      }
    >
      <Loaded query={devices} problemText={problemText}>
        {({ devices: found, total, types, places }) =>
          types.length === 0 ? (
            <Empty title={texts.empty.title}>{organizationId ? texts.empty.textOf : texts.empty.text}</Empty>
          ) : (
            <>
              <div className={styles.bar}>
                <TextInput
                  type="search"
                  aria-label={texts.search}
                  placeholder={texts.placeholder}
                  leftSection={<SearchIcon />}
                  value={wanted.search}
                  onChange={(event) => setWanted({ ...wanted, search: event.currentTarget.value })}
                  className={styles.search}
                />
                <ListChoice
                  label={texts.type}
                  options={[
                    { value: '', label: texts.anyType },
                    ...types.map((type) => ({ value: type, label: typeText(type) })),
                  ]}
                  value={wanted.type}
                  onChange={(type) => setWanted({ ...wanted, type })}
                />
                <ListChoice
                  label={texts.location}
                  options={[
                    { value: '', label: texts.anyLocation },
                    ...places.map(({ id, path }) => ({ value: id, label: path.join(' › ') })),
                  ]}
                  value={wanted.locationId}
                  onChange={(locationId) => setWanted({ ...wanted, locationId })}
                />
                <span role="status" className={styles.count}>
                  {texts.count(found.length, total)}
                </span>
              </div>
              {found.length === 0 ? (
                <Empty title={texts.noneFound.title}>{texts.noneFound.text}</Empty>
              ) : (
                <DataTable
                  label={texts.table}
                  columns={columns}
                  rows={found}
                  rowId={({ id }) => id}
                  moreText={portalTexts.more}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
