import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { own } from './frame.tsx'

const overview = createRoute({
  getParentRoute: () => own,
  path: paths.overview,
  component: lazyRouteComponent(() => import('../pages/overview.tsx'), 'OverviewPage'),
})

const inventory = createRoute({
  getParentRoute: () => own,
  path: paths.inventory,
  component: lazyRouteComponent(() => import('../pages/inventory.tsx'), 'InventoryPage'),
})

const alarms = createRoute({
  getParentRoute: () => own,
  path: paths.alarms,
  component: lazyRouteComponent(() => import('../pages/alarms.tsx'), 'AlarmsPage'),
})

const alarm = createRoute({
  getParentRoute: () => own,
  path: paths.alarm,
  component: lazyRouteComponent(() => import('../pages/alarm.tsx'), 'AlarmPage'),
})

/** Where the inventory was before it was a tree. */
const devices = createRoute({
  getParentRoute: () => own,
  path: paths.devices,
  beforeLoad: () => {
    throw redirect({ to: paths.inventory, replace: true })
  },
})

const device = createRoute({
  getParentRoute: () => own,
  path: paths.device,
  component: lazyRouteComponent(() => import('../pages/device.tsx'), 'DevicePage'),
})

const customerDevices = createRoute({
  getParentRoute: () => own,
  path: paths.customerDevices,
  component: lazyRouteComponent(() => import('../pages/inventory.tsx'), 'InventoryPage'),
})

const customerAlarms = createRoute({
  getParentRoute: () => own,
  path: paths.customerAlarms,
  component: lazyRouteComponent(() => import('../pages/alarms.tsx'), 'AlarmsPage'),
})

const customerAlarm = createRoute({
  getParentRoute: () => own,
  path: paths.customerAlarm,
  component: lazyRouteComponent(() => import('../pages/alarm.tsx'), 'AlarmPage'),
})

const customerDevice = createRoute({
  getParentRoute: () => own,
  path: paths.customerDevice,
  component: lazyRouteComponent(() => import('../pages/device.tsx'), 'DevicePage'),
})

/** How the sites of a customer stand: its own pages, and those of a partner about it. */
export const sites = [
  overview,
  inventory,
  alarms,
  alarm,
  devices,
  device,
  customerDevices,
  customerDevice,
  customerAlarms,
  customerAlarm,
] as const
