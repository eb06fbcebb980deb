import { useEffect, useRef, useState } from 'react'
import './well-formed-language.ts'
import uPlot, { type AlignedData, type Options, type Series } from 'uplot'
import { locale } from '../texts/language.ts'
import 'uplot/dist/uPlot.min.css'
import styles from './chart.module.css'
import { type ChartProps, dayMs } from './chart.tsx'
import { dateAndTimeOf, dateOf } from './times.ts'

/** Draws a chart, and tells below it what stands under the pointer. */
export function ChartCanvas({ data, range, valueText, bandText }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const states = 'states' in data ? [...new Set(data.states)].sort() : []
  const kind = 'states' in data ? `states ${states.join('\n')}` : 'counts' in data ? 'counts' : 'band'
  const shown = useRef({ data, range, states, valueText })
  shown.current = { data, range, states, valueText }

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew only where its axes change; data and range follow below
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const size = () => ({ width: element.clientWidth, height: element.clientHeight })
    const made = new uPlot({ ...optionsOf(element, shown, setPointed), ...size() }, alignedOf(shown.current), element)
    plot.current = made
    const resizing = new ResizeObserver(() => made.setSize(size()))
    resizing.observe(element)
    return () => {
      resizing.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [kind])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is made of these
  useEffect(() => plot.current?.setData(alignedOf(shown.current)), [data, range[0], range[1]])

  return (
    <div className={styles.frame} aria-hidden="true">
      <div ref={place} className={styles.canvas} />
      <div className={styles.told}>{pointed !== null && told(data, pointed, valueText, bandText)}</div>
    </div>
  )
}

interface Shown {
  data: ChartProps['data']
  range: [number, number]
  states: string[]
  valueText: (value: number) => string
}

function alignedOf({ data, states }: Shown): AlignedData {
  const times = data.times.map((time) => time / 1000)
  // A bar stands in the middle of its hour or day.
  if ('counts' in data) return [times.map((time) => time + data.stepMs / 2000), data.counts, data.marked]
  return 'states' in data ? [times, data.states.map((state) => states.indexOf(state))] : [times, data.most, data.least, data.line]
}

function optionsOf(
  element: HTMLElement,
  shown: { readonly current: Shown },
  onPointed: (place: number | null) => void,
): Omit<Options, 'width' | 'height'> {
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const text = colour('--mantine-color-dimmed')
  const line = colour('--chart-line')
  const axis = { stroke: text, font: '12px Inter Variable, system-ui, sans-serif', ticks: { show: false } }
  const grid = { stroke: colour('--line'), width: 1 }
  const isStates = 'states' in shown.current.data
  const isCounts = 'counts' in shown.current.data
  const drawn = { stroke: line, width: 1.5, points: { show: false } }
  const bandSeries: Series[] = [
    { stroke: 'transparent', width: 0, points: { show: false } },
    { stroke: 'transparent', width: 0, points: { show: false } },
    drawn,
  ]
  const bars = uPlot.paths.bars?.({ size: [0.7, 24] })
  const bar = (name: string): Series => ({
    stroke: colour(name),
    fill: colour(name),
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars }),
  })
  const countSeries = [bar('--chart-line'), bar('--mantine-color-error')]
  const stepped = uPlot.paths.stepped?.({ align: 1 })
  return {
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [shown.current.range[0] / 1000, shown.current.range[1] / 1000] },
      y: isCounts
        ? { range: (_, __, most) => [0, Math.max(4, most * 1.1)] }
        : isStates
          ? { range: () => [-0.5, shown.current.states.length - 0.5] }
          : { range: (_, least, most) => room(least, most) },
    },
    series: [{}, ...(isCounts ? countSeries : isStates ? [{ ...drawn, ...(stepped && { paths: stepped }) }] : bandSeries)],
    ...(isStates || isCounts ? {} : { bands: [{ series: [1, 2] as [number, number], fill: colour('--chart-band') }] }),
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 60,
        size: 28,
        values: timeTexts,
        ...(isDays(shown.current.data) && { incrs: dayIncrements }),
      },
      {
        ...axis,
        grid,
        size: (_, values) => 16 + 7 * Math.max(3, ...(values ?? []).map((value) => value.length)),
        ...(isStates
          ? {
              splits: () => shown.current.states.map((_, place) => place),
              values: (_, splits) => splits.map((one) => shown.current.states[one] ?? ''),
            }
          : { values: (_, splits) => splits.map((one) => shown.current.valueText(one)) }),
      },
    ],
    hooks: { setCursor: [(made: uPlot) => onPointed(made.cursor.idx ?? null)] },
  }
}

/** Some air above and below; and around a value that never changes. */
function room(least: number, most: number): [number, number] {
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1]
  const air = (most - least) * 0.1 || Math.abs(most) * 0.05 || 1
  return [least >= 0 ? Math.max(0, least - air) : least - air, most + air]
}

/** Between the marks of an axis that tells days: so many seconds. */
const dayIncrements = [1, 2, 7, 14, 28].map((days) => (days * dayMs) / 1000)

const isDays = (data: ChartProps['data']) => 'counts' in data && data.stepMs === dayMs

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })

/** Hours, and the day where one begins. */
function timeTexts(_: uPlot, splits: number[]): string[] {
  return splits.map((seconds) => {
    const at = new Date(seconds * 1000)
    return at.getHours() === 0 && at.getMinutes() === 0 ? dayOfYear.format(at) : clock.format(at)
  })
}

function told(
  data: ChartProps['data'],
  place: number,
  valueText: ChartProps['valueText'],
  bandText: ChartProps['bandText'],
): string | null {
  const time = data.times[place]
  if (time === undefined) return null
  const when = dateAndTimeOf(new Date(time).toISOString())
  if ('states' in data) return `${when} · ${data.states[place]}`
  if ('counts' in data) {
    const step = isDays(data) ? dateOf(new Date(time).toISOString()) : when
    return `${step} · ${bandText(valueText(data.counts[place] ?? 0), valueText(data.marked[place] ?? 0))}`
  }
  const [value, least, most] = [data.line[place], data.least[place], data.most[place]]
  if (value == null || least == null || most == null) return null
  const band = least === most ? '' : ` (${bandText(valueText(least), valueText(most))})`
  return `${when} · ${valueText(value)}${band}`
}
