import { useMemo } from 'react'
import type { KeyUsage } from '../../client.ts'
import { countText } from '../../numbers.ts'
import { usageTexts as texts } from '../../texts/usage.ts'
import { type BandChart, Chart } from '../../ui/chart.tsx'
import { dateOf } from '../../ui/times.ts'
import styles from './usage-chart.module.css'

/** Requests and errors by the day, as two charts, and in words. */
export function UsageCharts({ usage, from, to }: { usage: KeyUsage[]; from: string; to: string }) {
  const sum = (of: 'requests' | 'errors') => usage.reduce((total, one) => total + one[of], 0)
  const range: [number, number] = [Date.parse(from), Date.parse(to)]
  const busiest = usage.reduce<KeyUsage | undefined>(
    (best, one) => (best && best.requests >= one.requests ? best : one),
    undefined,
  )
  return (
    <>
      <p>
        {texts.total(sum('requests'), sum('errors'))} {busiest && texts.busiest(dateOf(busiest.from), busiest.requests)}
      </p>
      <div className={styles.charts}>
        <UsageChart name={texts.requests} label={texts.requestsChart} usage={usage} of="requests" range={range} />
        <UsageChart name={texts.errors} label={texts.errorsChart} usage={usage} of="errors" range={range} />
      </div>
    </>
  )
}

interface UsageChartProps {
  name: string
  label: string
  usage: KeyUsage[]
  of: 'requests' | 'errors'
  range: [number, number]
}

function UsageChart({ name, label, usage, of, range }: UsageChartProps) {
  const [from, to] = range
  const data = useMemo(() => chartOf(usage, of, from, to), [usage, of, from, to])
  return (
    <figure className={styles.chart}>
      <figcaption>{name}</figcaption>
      <Chart
        label={label}
        data={data}
        range={range}
        valueText={(value) => (Number.isInteger(value) ? countText(value) : '')}
        bandText={() => ''}
        notDrawn={texts.notDrawn}
      />
    </figure>
  )
}

/** A value for every day of the range: days without requests are left out of what the server answers. */
function chartOf(usage: KeyUsage[], of: 'requests' | 'errors', from: number, to: number): BandChart {
  const byDay = new Map(usage.map((one) => [new Date(one.from).toDateString(), one[of]]))
  const times: number[] = []
  const first = new Date(from)
  for (let nth = 0; ; nth += 1) {
    const day = new Date(first.getFullYear(), first.getMonth(), first.getDate() + nth).getTime()
    if (day > to) break
    times.push(day)
  }
  const line = times.map((time) => byDay.get(new Date(time).toDateString()) ?? 0)
  return { times, line, least: line, most: line }
}
