import { useQueries, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type MeasuredSensor, problemText } from '../../client.ts'
import { historyQuery, isNotThere, sensorsQuery } from '../../devices.ts'
import type { LiveState, LiveValue } from '../../live.ts'
import { valueText } from '../../numbers.ts'
import { type Range, ranges, deviceTexts as texts } from '../../texts/devices.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Choice } from '../../ui/choice.tsx'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Empty, Failed, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { type Mood, State } from '../../ui/state.tsx'
import { Ago } from '../../ui/time.tsx'
import { useNow } from '../../ui/times.ts'
import styles from '../device.module.css'
import { SensorChart } from './sensor-chart.tsx'
import { latestOf, latestText, type Measured, seriesOf, summaryOf } from './series.ts'
import { useLive } from './use-live.ts'

/** A device's sensors: what each measured last and over a range, as a table and as charts that go on live. */
export function DeviceSensors({ organizationId, deviceId }: { organizationId: string; deviceId: string }) {
  const sensors = useQuery(sensorsQuery(organizationId, deviceId))
  if (isNotThere(sensors.error)) {
    return (
      <Section title={texts.sensors}>
        <Empty title={texts.notShared.title}>{texts.notShared.text}</Empty>
      </Section>
    )
  }
  if (sensors.data === undefined || sensors.data.sensors.length === 0) {
    return (
      <Section title={texts.sensors}>
        <Loaded query={sensors} problemText={problemText}>
          {() => <Empty title={texts.noSensors.title}>{texts.noSensors.text}</Empty>}
        </Loaded>
      </Section>
    )
  }
  return <Measuring organizationId={organizationId} sensors={sensors.data.sensors} />
}

type Stand = LiveState | 'waiting'
const moods: Record<Stand, Mood> = {
  opening: 'idle',
  live: 'good',
  waiting: 'idle',
  again: 'warn',
  closed: 'idle',
}
const rangeOptions = (Object.keys(ranges) as Range[]).map((value) => ({ value, label: ranges[value] }))
/** A gateway asks its devices every five minutes, or more often. */
const freshMs = 6 * 60_000
const nothingLive: readonly LiveValue[] = []

function Measuring({ organizationId, sensors }: { organizationId: string; sensors: MeasuredSensor[] }) {
  const [range, setRange] = useState<Range>('1')
  const now = useNow()
  const sought = useSoughtPlace()
  const live = useLive(organizationId, sensors.map(({ id }) => id).join(' '))
  const histories = useQueries({ queries: sensors.map(({ id }) => historyQuery(organizationId, id, Number(range))) })
  const failed = histories.find(({ isError, data }) => isError && data === undefined)
  const measured = sensors.map((sensor, place): Measured => {
    const values = live.values.get(sensor.id) ?? nothingLive
    const history = histories[place]?.data
    const series = history && seriesOf(history, values)
    const latest = latestOf(sensor, values)
    return {
      sensor,
      latest,
      series,
      summary: series ? summaryOf(series) : null,
      from: history ? Date.parse(history.from) : 0,
      to: Math.max(history ? Date.parse(history.to) : 0, latest?.at ?? 0),
    }
  })
  const newest = Math.max(0, ...measured.map(({ latest }) => latest?.at ?? 0))
  const state = live.state === 'live' && now - newest > freshMs ? 'waiting' : live.state
  return (
    <Section
      title={texts.sensors}
      action={
        <div className={styles.bar}>
          <Standing state={state} />
          <Choice label={texts.range} options={rangeOptions} value={range} onChange={setRange} />
        </div>
      }
    >
      <div className={styles.charts}>
        {measured.map((one) => (
          <SensorChart key={`${one.sensor.id} ${range}`} measured={one} range={range} sought={sought} />
        ))}
      </div>
      {failed ? (
        <Failed {...problemText(failed.error)} onTryAgain={() => void failed.refetch()} trying={failed.isFetching} />
      ) : (
        <DataTable
          label={texts.table(range)}
          columns={columns}
          rows={measured}
          rowId={({ sensor }) => sensor.id}
          moreText={portalTexts.more}
        />
      )}
    </Section>
  )
}

/** Takes whoever came by a link to a chart there, once it and the page's heading are there. */
function useSoughtPlace(): string {
  const sought = useLocation({ select: (location) => location.hash })
  useEffect(() => {
    const later = setTimeout(() => {
      const place = sought === '' ? null : document.getElementById(sought)
      place?.scrollIntoView({ block: 'center' })
      place?.focus({ preventScroll: true })
    })
    return () => clearTimeout(later)
  }, [sought])
  return sought
}

/** That nothing comes is read out. That something comes, or is waited for, is not: that would be each value of a device that measures rarely. */
function Standing({ state }: { state: Stand }) {
  const isConnected = state === 'live' || state === 'waiting'
  const word = <State mood={moods[state]}>{texts.live[state]}</State>
  return (
    <div>
      <span role="status">{!isConnected && word}</span>
      {isConnected && word}
    </div>
  )
}

const column = columnsOf<Measured>()
const summed = (name: 'minimum' | 'maximum' | 'mean') =>
  column.accessor(({ summary }) => summary?.[name] ?? Number.NEGATIVE_INFINITY, {
    id: name,
    header: texts.columns[name],
    sortFn: 'basic',
    cell: ({ row: { original } }) => (original.summary ? valueText(original.summary[name], original.sensor.unit) : texts.none),
  })
const columns = column.columns([
  column.accessor(({ sensor }) => sensor.label, {
    id: 'sensor',
    header: texts.columns.sensor,
    sortFn: 'text',
    meta: { heads: true },
  }),
  column.accessor(latestText, { id: 'latest', header: texts.columns.latest, sortFn: 'text' }),
  column.accessor(({ latest }) => latest?.at ?? 0, {
    id: 'measured',
    header: texts.columns.measured,
    sortFn: 'basic',
    cell: ({ getValue }) => (getValue() === 0 ? texts.none : <Ago at={new Date(getValue()).toISOString()} />),
  }),
  summed('minimum'),
  summed('maximum'),
  summed('mean'),
])
