import { Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import { valueText } from '../../numbers.ts'
import { sensorPlace } from '../../sensors.ts'
import { type Range, deviceTexts as texts } from '../../texts/devices.ts'
import { type BandChart, Chart, type StateChart } from '../../ui/chart.tsx'
import styles from '../device.module.css'
import { latestText, type Measured, type Series } from './series.ts'

const dayMs = 24 * 60 * 60 * 1000

interface SensorChartProps {
  measured: Measured
  range: Range
  /** The place on the page that a link leads to. */
  sought: string
}

/** A sensor's chart under its name and latest value. */
export function SensorChart({ measured, range, sought }: SensorChartProps) {
  const { sensor, series, to } = measured
  const days = Number(range)
  const place = sensorPlace(sensor.id)
  const data = useMemo(() => series && chartOf(series, days), [series, days])
  return (
    <figure id={place} tabIndex={-1} className={styles.card} data-sought={sought === place || undefined}>
      <figcaption className={styles.caption}>
        {sensor.label}
        <span className={styles.latest}>{latestText(measured)}</span>
      </figcaption>
      {data === undefined && <Skeleton height="12.5rem" />}
      {data === null && <div className={styles.none}>{texts.noValues}</div>}
      {data && (
        <Chart
          label={texts.chart(sensor.label, range)}
          data={data}
          range={[to - days * dayMs, to]}
          valueText={(value) => valueText(value, sensor.unit)}
          bandText={texts.band}
          notDrawn={texts.notDrawn}
        />
      )}
    </figure>
  )
}

/** Null where nothing was measured. Where nothing was for long, the line breaks. */
function chartOf({ numbers, states }: Series, days: number): BandChart | StateChart | null {
  if (numbers.length === 0) {
    return states.length === 0 ? null : { times: states.map(({ at }) => at), states: states.map(({ state }) => state) }
  }
  const chart: BandChart = { times: [], line: [], least: [], most: [] }
  const gapMs = (days * dayMs) / 50
  for (const { at, mean, minimum, maximum } of numbers) {
    const before = chart.times.at(-1)
    if (before !== undefined && at - before > gapMs) add(chart, before + 1, null, null, null)
    add(chart, at, mean, minimum, maximum)
  }
  return chart
}

function add(chart: BandChart, at: number, mean: number | null, least: number | null, most: number | null): void {
  chart.times.push(at)
  chart.line.push(mean)
  chart.least.push(least)
  chart.most.push(most)
}
