import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../client.ts'
import { usageQuery } from '../../keys.ts'
import { usageTexts as texts } from '../../texts/usage.ts'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { UsageCharts } from './usage-chart.tsx'

/** Requests and errors over time: of one key, or of all of the company's. */
export function Usage({ keyId }: { keyId?: string }) {
  const usage = useQuery(usageQuery(keyId))
  return (
    <Section title={texts.title} lead={texts.lead}>
      <Loaded query={usage} problemText={problemText}>
        {(data) =>
          data.usage.length === 0 ? <Empty title={texts.none.title}>{texts.none.text}</Empty> : <UsageCharts {...data} />
        }
      </Loaded>
    </Section>
  )
}
