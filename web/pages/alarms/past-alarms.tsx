import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type AlarmsWanted, pastAlarmsQuery } from '../../alarms.ts'
import { problemText } from '../../client.ts'
import { isNotThere } from '../../devices.ts'
import { alarmsTexts as texts } from '../../texts/alarms.ts'
import { portalTexts } from '../../texts/portal.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failed, Loading } from '../../ui/query.tsx'
import { pastColumns } from './alarm-columns.tsx'

/** Alarms that are over, the last cleared first. */
export function PastAlarms({ organizationId, wanted }: { organizationId: string; wanted: AlarmsWanted }) {
  const alarms = useInfiniteQuery(pastAlarmsQuery(organizationId, wanted))
  if (isNotThere(alarms.error)) {
    return <Empty title={texts.notShared.title}>{texts.notShared.text}</Empty>
  }
  if (alarms.data === undefined) {
    return alarms.error ? (
      <Failed {...problemText(alarms.error)} onTryAgain={() => void alarms.refetch()} trying={alarms.isFetching} />
    ) : (
      <Loading />
    )
  }
  const found = alarms.data.pages.flatMap((page) => page.alarms)
  const { severity, locationId, search, acknowledged } = wanted
  const none = severity || locationId || search || acknowledged ? texts.noneFound : texts.nonePast
  return found.length === 0 ? (
    <Empty title={none.title}>{none.text}</Empty>
  ) : (
    <>
      <DataTable label={texts.pastTable} columns={pastColumns} rows={found} rowId={({ id }) => id} moreText={portalTexts.more} />
      {alarms.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={alarms.isFetchingNextPage}
          onClick={() => void alarms.fetchNextPage()}
        >
          {texts.more}
        </Button>
      )}
    </>
  )
}
