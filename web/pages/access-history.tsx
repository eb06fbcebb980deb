import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type AccessesWanted, accessExportHref, accessesQuery, accessSumsQuery } from '../accesses.ts'
import { problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { accessTexts as texts } from '../texts/accesses.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { AccessChart } from './access-history/access-chart.tsx'
import { AccessFilter } from './access-history/access-filter.tsx'
import { AccessSums } from './access-history/access-sums.tsx'
import { AccessTable } from './access-history/access-table.tsx'
import { Gaps } from './access-history/gaps.tsx'
import { wantedIn } from './access-history/wanted.ts'

function useAccesses(wanted: AccessesWanted) {
  return useInfiniteQuery(accessesQuery(wanted))
}

/** Who read the customer's data, as it happens. */
export function AccessHistoryPage() {
  const wanted = wantedIn(useSearch({ strict: false }))
  const navigate = useNavigate()
  const want = (next: AccessesWanted) => void navigate({ to: paths.accessHistory, search: { ...next }, replace: true })
  // Asked first: on the embedded database one question waits for the other, and sums take longer.
  const accesses = useAccesses(wanted)
  const sums = useQuery(accessSumsQuery(wanted))
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      action={
        <Button component="a" href={accessExportHref(wanted)} download variant="default">
          {texts.download}
        </Button>
      }
    >
      <AccessFilter wanted={wanted} onWant={want} />
      <Loaded query={sums} problemText={problemText}>
        {(data) => (
          <>
            <Gaps gaps={data.gaps} />
            {data.sums.length === 0 ? (
              <Nothing wanted={wanted} />
            ) : (
              <>
                <AccessChart sums={data.sums} wanted={wanted} />
                <AccessSums sums={data.sums} wanted={wanted} onDay={(day) => want({ ...wanted, day })} />
              </>
            )}
          </>
        )}
      </Loaded>
      <InDetail accesses={accesses} />
    </Page>
  )
}

function Nothing({ wanted: { company, reader, operation, outcome } }: { wanted: AccessesWanted }) {
  const { title, text } = company || reader || operation || outcome ? texts.noneFound : texts.empty
  return <Empty title={title}>{text}</Empty>
}

/** Nothing where there is nothing: that is said above. */
function InDetail({ accesses }: { accesses: ReturnType<typeof useAccesses> }) {
  if (accesses.data?.pages[0]?.accesses.length === 0) return null
  return (
    <Section title={texts.detail} lead={texts.detailLead}>
      <Loaded query={accesses} problemText={problemText}>
        {({ pages }) => <AccessTable accesses={pages.flatMap((page) => page.accesses)} />}
      </Loaded>
      {accesses.hasNextPage && (
        <Button variant="default" onClick={() => void accesses.fetchNextPage()} loading={accesses.isFetchingNextPage} mt="md">
          {texts.older}
        </Button>
      )}
    </Section>
  )
}
