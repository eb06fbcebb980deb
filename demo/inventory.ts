import type { DeviceReport, LocationReport } from '../src/domain/batch.ts'
import { largeUpses, type Product, products, type RootType } from './catalogue.ts'
import { calendarDate, dayMs } from './dates.ts'
import type { OrganizationPlan, RoomPlan, SitePlan } from './organizations.ts'
import { type Random, seededRandom } from './random.ts'

export interface Inventory {
  locations: LocationReport[]
  devices: DeviceReport[]
}

const banksPerRackPdu = 2
const outletsPerBank = 4
const loads = ['web', 'db', 'storage', 'switch', 'firewall', 'backup', 'phone', 'mail', 'camera', 'badge']

/**
 * The inventory of a plan, as a gateway would report it: the same for the same plan and day. Dates of service and warranty lie
 * around `now`. Parents come before their children.
 */
export function inventoryOf(plan: OrganizationPlan, now: Date): Inventory {
  const inventory: Inventory = { locations: [], devices: [] }
  const random = seededRandom(plan.label)
  for (const site of plan.sites) {
    const add = adderOf(inventory, site, random, now)
    const siteRef = slug(site.label)
    inventory.locations.push({ ref: siteRef, type: 'SITE', label: site.label, address: site.address })
    for (const building of site.buildings) {
      const buildingRef = `${siteRef}/${slug(building.label)}`
      inventory.locations.push({ ref: buildingRef, type: 'BUILDING', label: building.label, parentRef: siteRef })
      for (const room of building.rooms) {
        const roomRef = `${buildingRef}/${slug(room.label)}`
        inventory.locations.push({ ref: roomRef, type: 'ROOM', label: room.label, parentRef: buildingRef })
        furnish(inventory, room, roomRef, add, random)
      }
    }
  }
  return inventory
}

type Adder = (type: RootType, name: string, label: string, locationRef: string, models?: readonly Product[]) => string

function furnish(inventory: Inventory, room: RoomPlan, roomRef: string, add: Adder, random: Random): void {
  for (const letter of letters(room.upses)) {
    const frames = room.batteryFramesPerUps ?? 0
    const models = frames > 0 ? largeUpses : products.UPS
    const ups = add('UPS', `ups-${letter}`, `UPS ${letter.toUpperCase()}, ${room.label}`, roomRef, models)
    for (let frame = 1; frame <= frames; frame += 1) addBatteryFrame(inventory, ups, frame, random)
  }
  for (let number = 1; number <= (room.racks ?? 0); number += 1) {
    const rackRef = `${roomRef}/rack-${number}`
    inventory.locations.push({ ref: rackRef, type: 'RACK', label: `Rack ${number}`, parentRef: roomRef })
    addOutlets(inventory, add('RPDU', 'pdu', `Rack PDU ${number}, ${room.label}`, rackRef), random)
  }
  for (const letter of letters(room.floorPdus)) add('PDU', `pdu-${letter}`, `Floor PDU ${letter.toUpperCase()}`, roomRef)
  for (const letter of letters(room.transferSwitches)) {
    add('AUTOMATIC_TRANSFER_SWITCH', `ats-${letter}`, `Transfer switch ${letter.toUpperCase()}`, roomRef)
  }
  for (const letter of letters(room.generators))
    add('GENERATOR', `generator-${letter}`, `Generator ${letter.toUpperCase()}`, roomRef)
  for (const letter of letters(room.coolingUnits)) {
    add('COOLING_UNIT', `cooling-${letter}`, `Cooling unit ${letter.toUpperCase()}, ${room.label}`, roomRef)
  }
  for (const letter of letters(room.monitors)) {
    add('ENVIRONMENTAL_MONITOR', `monitor-${letter}`, `Monitor ${letter.toUpperCase()}, ${room.label}`, roomRef)
  }
}

function adderOf(inventory: Inventory, site: SitePlan, random: Random, now: Date): Adder {
  let host = 10
  return (type, name, label, locationRef, models = products[type]) => {
    const ref = `${locationRef}/${name}`
    const product = random.pick(models)
    const made = new Date(now.getTime() - random.int(200, 2600) * dayMs)
    const lastService = new Date(now.getTime() - random.int(5, 360) * dayMs)
    inventory.devices.push({
      ref,
      type,
      label,
      locationRef,
      manufacturer: product.manufacturer,
      modelName: product.modelName,
      serialNumber: serialNumber(product.serialPrefix, made, inventory.devices.length, random),
      ...(product.firmware && { firmwareVersion: `${product.firmware.major}.${product.firmware.minor}.${random.int(0, 6)}` }),
      ipAddress: `${site.network}.${host}`,
      macAddress: macAddress(random),
      warrantyExpirationDate: calendarDate(new Date(made.getTime() + random.pick([3, 5, 8]) * 365 * dayMs)),
      lastServiceDate: calendarDate(lastService),
      serviceDueDate: calendarDate(new Date(lastService.getTime() + 365 * dayMs)),
      ...(random.chance(0.3) && { deviceNote: random.pick(notes) }),
    })
    host += 1
    return ref
  }
}

const notes = [
  'Key to the cabinet is with the front desk.',
  'Replaced after the flood in the basement; the old unit is spare.',
  'Do not restart during opening hours.',
  'Feeds the telephone system.',
  'Cable label differs from the drawing: the drawing is right.',
]

function addBatteryFrame(inventory: Inventory, ups: string, number: number, random: Random): void {
  const product = random.pick(products.BATTERY_FRAME)
  const parent = inventory.devices.find((device) => device.ref === ups) as DeviceReport
  inventory.devices.push({
    ref: `${ups}/battery-${number}`,
    type: 'BATTERY_FRAME',
    label: `Battery frame ${number}`,
    parentRef: ups,
    manufacturer: product.manufacturer,
    modelName: product.modelName,
    serialNumber: `${parent.serialNumber}-B${number}`,
    lastServiceDate: parent.lastServiceDate,
    serviceDueDate: parent.serviceDueDate,
  })
}

function addOutlets(inventory: Inventory, pdu: string, random: Random): void {
  for (let bank = 1; bank <= banksPerRackPdu; bank += 1) {
    const bankRef = `${pdu}/bank-${bank}`
    inventory.devices.push({ ref: bankRef, type: 'OUTLET_GROUP', label: `Bank ${bank}`, parentRef: pdu })
    for (let place = 1; place <= outletsPerBank; place += 1) {
      const outlet = (bank - 1) * outletsPerBank + place
      const load = random.chance(0.8) ? `: ${random.pick(loads)}-${String(random.int(1, 24)).padStart(2, '0')}` : ''
      inventory.devices.push({
        ref: `${pdu}/outlet-${outlet}`,
        type: 'OUTLET',
        label: `Outlet ${outlet}${load}`,
        parentRef: bankRef,
      })
    }
  }
}

/** Unique within an inventory: it ends with the device's place in it. */
function serialNumber(prefix: string, made: Date, place: number, random: Random): string {
  const year = String(made.getUTCFullYear() % 100).padStart(2, '0')
  const week = String(random.int(1, 52)).padStart(2, '0')
  return `${prefix}${year}${week}${random.int(10, 99)}${String(place).padStart(4, '0')}`
}

/** A locally administered one (the second bit of the first byte is set): no manufacturer owns it. */
function macAddress(random: Random): string {
  const bytes = Array.from({ length: 5 }, () => random.int(0, 255).toString(16).padStart(2, '0'))
  return ['02', ...bytes].join(':')
}

function letters(count = 0): string[] {
  return [...'abcdefgh'.slice(0, count)]
}

function slug(label: string): string {
  return label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
