import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
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
 * device; another address, as Ctrl-K leads to, is taken over. An own one may arrive late, when more was typed: that is no other.
 */
export function useWanted() {
  const navigate = useNavigate()
  const router = useRouter()
  const [pathname] = useState(router.latestLocation.pathname)
  const inAddress = JSON.stringify(wantedIn(useSearch({ strict: false })))
  /** Where the address is, or is led to; and, in their order, what it was led to and has not come to yet. */
  const target = useRef(inAddress)
  const underWay = useRef<string[]>([])
  const [given, setGiven] = useState<SensorsWanted>(() => JSON.parse(inAddress))
  const [settled] = useDebouncedValue(given, 200)
  useEffect(() => {
    const place = underWay.current.indexOf(inAddress)
    if (place === -1 && inAddress === target.current) return
    underWay.current = place === -1 ? [] : underWay.current.slice(place + 1)
    if (place !== -1) return
    target.current = inAddress
    setGiven(JSON.parse(inAddress))
  }, [inAddress])
  useEffect(() => {
    const wanted = JSON.stringify(settled)
    // Whoever is on the way to another page is left to go there.
    if (wanted === target.current || router.latestLocation.pathname !== pathname) return
    target.current = wanted
    underWay.current.push(wanted)
    const search = Object.fromEntries(Object.entries(settled).filter(([, value]) => value !== ''))
    void navigate({ to: '.', search, replace: true, resetScroll: false })
  }, [settled, navigate, router, pathname])
  return {
    given,
    settled: { ...settled, search: settled.search.trim() },
    want: (change: Partial<SensorsWanted>) => setGiven((before) => ({ ...before, ...change })),
  }
}
