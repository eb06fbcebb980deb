import { useMemo } from 'react'
import { type AccessesWanted, spanOf, stepOf } from '../../accesses.ts'
import type { AccessSum } from '../../client.ts'
import { countText } from '../../numbers.ts'
import { accessTexts as texts } from '../../texts/accesses.ts'
import { Chart, type CountChart, dayMs } from '../../ui/chart.tsx'
import styles from './access-history.module.css'

/** Requests over time, with those that were not answered. */
export function AccessChart({ sums, wanted }: { sums: AccessSum[]; wanted: AccessesWanted }) {
  const step = stepOf(wanted)
  const data = useMemo(() => countsOf(sums, step === 'day' ? dayMs : dayMs / 24), [sums, step])
  return (
    <figure className={styles.chart}>
      <figcaption>{texts.chartTitle[step]}</figcaption>
      <Chart
        label={texts.chart(step)}
        data={data}
        range={wholeSteps(spanOf(wanted), data)}
        valueText={countText}
        bandText={(all, marked) => (marked === '0' ? texts.requests(all) : `${texts.requests(all)}, ${texts.refusedOf(marked)}`)}
        notDrawn={texts.notDrawn}
      />
    </figure>
  )
}

/** The hours or days at both ends are shown whole: their bars stand in their middle. */
function wholeSteps([from, to]: [number, number], { times, stepMs }: CountChart): [number, number] {
  return [Math.min(from, times[0] ?? from), Math.max(to, (times.at(-1) ?? to - stepMs) + stepMs)]
}

function countsOf(sums: readonly AccessSum[], stepMs: number): CountChart {
  const byTime = new Map<number, { all: number; marked: number }>()
  for (const { from, requests, refused, failed } of sums) {
    const at = Date.parse(from)
    const one = byTime.get(at) ?? { all: 0, marked: 0 }
    byTime.set(at, { all: one.all + requests, marked: one.marked + refused + failed })
  }
  const times = [...byTime.keys()].sort((one, other) => one - other)
  const counted = times.map((at) => byTime.get(at) as { all: number; marked: number })
  return { times, stepMs, counts: counted.map(({ all }) => all), marked: counted.map(({ marked }) => marked) }
}
