import { Skeleton, useComputedColorScheme } from '@mantine/core'
import { lazy, Suspense } from 'react'
import styles from './chart.module.css'
import { useIsPrinting } from './print.ts'

/** Numbers over time (ms since 1970): a line with a band around it; null where nothing is known for a while. */
export interface BandChart {
  times: number[]
  line: (number | null)[]
  least: (number | null)[]
  most: (number | null)[]
}

/** States over time, each until the next. */
export interface StateChart {
  times: number[]
  states: string[]
}

export const dayMs = 24 * 60 * 60 * 1000

/** Counts of hours or days, by their beginnings, each with a part of it that is marked. */
export interface CountChart {
  times: number[]
  /** How long an hour or day is. */
  stepMs: number
  counts: number[]
  marked: number[]
}

export interface ChartProps {
  /** What it shows, and where the same stands in words: the picture itself says nothing to whoever cannot see it. */
  label: string
  data: BandChart | StateChart | CountChart
  /** From when to when it reaches, in ms since 1970. */
  range: [from: number, to: number]
  /** A number as it is told. */
  valueText: (value: number) => string
  /** A band as it is told; of counts, all of them and the marked ones. */
  bandText: (least: string, most: string) => string
  /** What stands there where it could not be drawn. */
  notDrawn: string
}

/** The library that draws is loaded with the first chart, not with the page. Where it cannot be, the page stands without charts. */
const Canvas = lazy(() =>
  import('./chart-canvas.tsx').then(
    ({ ChartCanvas }) => ({ default: ChartCanvas }),
    () => ({ default: NotDrawn }),
  ),
)

function NotDrawn({ notDrawn }: ChartProps) {
  return <div className={styles.notDrawn}>{notDrawn}</div>
}

/** A chart over time, in the colours of the scheme; on paper in those and of the width of paper. */
export function Chart(props: ChartProps) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const isPrinting = useIsPrinting()
  return (
    <div role="img" aria-label={props.label} className={styles.chart}>
      <Suspense fallback={<Skeleton height="100%" />}>
        <Canvas key={`${scheme} ${isPrinting}`} {...props} />
      </Suspense>
    </div>
  )
}
