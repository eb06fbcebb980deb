import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type SensorsWanted, sensorOrders } from '../../sensors.ts'

/** An address may hold a number where a name is one. */
function wantedIn(search: Record<string, unknown>): SensorsWanted {
  const text = (name: string) => (['string', 'number'].includes(typeof search[name]) ? String(search[name]) : '')
  const order = sensorOrders.find((one) => one === search.order) ?? ''
  return { search: text('search'), type: text('type'), locationId: text('locationId'), order }
}

/**
 * What is looked for: at once as somebody types, and settled a moment later. The address has what is settled, for whoever keeps it or comes back from a
 * device; another address, as Ctrl-K leads to, is taken over.
 */
export function useWanted() {
  const navigate = useNavigate()
  const inAddress = JSON.stringify(wantedIn(useSearch({ strict: false })))
  const known = useRef(inAddress)
  const [given, setGiven] = useState<SensorsWanted>(() => JSON.parse(inAddress))
  const [settled] = useDebouncedValue(given, 200)
  useEffect(() => {
    if (inAddress === known.current) return
    known.current = inAddress
    setGiven(JSON.parse(inAddress))
  }, [inAddress])
  useEffect(() => {
    const wanted = JSON.stringify(settled)
    if (wanted === known.current) return
    known.current = wanted
    const search = Object.fromEntries(Object.entries(settled).filter(([, value]) => value !== ''))
    void navigate({ to: '.', search, replace: true, resetScroll: false })
  }, [settled, navigate])
  return {
    given,
    settled: { ...settled, search: settled.search.trim() },
    want: (change: Partial<SensorsWanted>) => setGiven({ ...given, ...change }),
  }
}
