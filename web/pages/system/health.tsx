import { useQuery } from '@tanstack/react-query'
import { healthTexts as texts } from '../../texts/system-limits.ts'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'

/** What `/health`, `/ready` and `/metrics` say, in words. */
export function Health({ metricsPort }: { metricsPort: number }) {
  const ready = useQuery({
    queryKey: ['ready'],
    queryFn: async () => (await fetch('/ready')).ok,
    refetchInterval: 10_000,
    retry: false,
  })
  return (
    <Section title={texts.title} lead={texts.lead} framed>
      <Facts
        facts={{
          [texts.facts.health]: texts.health,
          [texts.facts.ready]: ready.isPending ? (
            texts.asking
          ) : (
            <State mood={ready.data ? 'good' : 'bad'}>{texts.ready[ready.data ? 'yes' : 'no']}</State>
          ),
          [texts.facts.metrics]: metricsPort === 0 ? texts.noMetrics : texts.metrics(metricsPort),
        }}
      />
    </Section>
  )
}
