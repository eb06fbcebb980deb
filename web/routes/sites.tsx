import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { asItIs, own } from './frame.tsx'

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

const sensors = createRoute({
  getParentRoute: () => own,
  path: paths.sensors,
  validateSearch: asItIs,
  component: lazyRouteComponent(() => import('../pages/sensors.tsx'), 'SensorsPage'),
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

const customerSensors = createRoute({
  getParentRoute: () => own,
  path: paths.customerSensors,
  validateSearch: asItIs,
  component: lazyRouteComponent(() => import('../pages/sensors.tsx'), 'SensorsPage'),
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
  sensors,
  alarms,
  alarm,
  devices,
  device,
  customerDevices,
  customerDevice,
  customerSensors,
  customerAlarms,
  customerAlarm,
] as const
