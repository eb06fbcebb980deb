import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ActivityWanted, activityExportHref, activityQuery } from '../activity.ts'
import { problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { useMaySeeAll, useSession } from '../session.ts'
import { activityTexts as texts } from '../texts/activity.ts'
import { portalTexts } from '../texts/portal.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { ActivityFilter } from './activity/activity-filter.tsx'
import { ActivityTable } from './activity/activity-table.tsx'
import { Verification } from './activity/verification.tsx'

/** The record of acts: of the company, or, for the vendor, of all. */
export function ActivityPage() {
  const vendor = useSession().company.kind === 'vendor'
  const mayRead = useMaySeeAll()
  const wanted = wantedIn(useSearch({ strict: false }))
  return (
    <Page
      title={texts.title}
      lead={vendor ? texts.leadVendor : texts.lead}
      action={
        mayRead && (
          <Button component="a" href={activityExportHref(wanted)} download variant="default">
            {texts.download}
          </Button>
        )
      }
    >
      {mayRead ? <Acts wanted={wanted} /> : <p>{portalTexts.onlyAdministratorsSee}</p>}
    </Page>
  )
}

function Acts({ wanted }: { wanted: ActivityWanted }) {
  const navigate = useNavigate()
  const acts = useInfiniteQuery(activityQuery(wanted))
  return (
    <>
      <ActivityFilter
        wanted={wanted}
        onWant={(next) => void navigate({ to: paths.activity, search: { ...next }, replace: true })}
      />
      <Loaded query={acts} problemText={problemText}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.acts)
          return rows.length === 0 ? <Empty title={texts.empty.title}>{texts.empty.text}</Empty> : <ActivityTable acts={rows} />
        }}
      </Loaded>
      {acts.hasNextPage && (
        <Button variant="default" onClick={() => void acts.fetchNextPage()} loading={acts.isFetchingNextPage} mt="md">
          {texts.older}
        </Button>
      )}
      <Verification />
    </>
  )
}

/** What an address asks for. What makes no sense in it is left out. */
function wantedIn(search: Record<string, unknown>): ActivityWanted {
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(String(search[name])) ? { [name]: String(search[name]) } : {})
  const text = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? { [name]: search[name] } : {})
  return { ...day('from'), ...day('to'), ...text('verb'), ...text('actor') }
}
