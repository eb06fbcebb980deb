/** What the made-up manufacturers sell. None of these names belongs to anybody, as far as we could find. */
export interface Product {
  manufacturer: string
  modelName: string
  /** What its serial numbers begin with. */
  serialPrefix: string
  /** The firmware it left the works with. Later ones count up from it. Absent: it has none. */
  firmware?: { major: number; minor: number }
}

/** Device types that stand for themselves. Their parts (BATTERY_FRAME, OUTLET_GROUP, OUTLET) come with them. */
export type RootType =
  | 'UPS'
  | 'RPDU'
  | 'PDU'
  | 'AUTOMATIC_TRANSFER_SWITCH'
  | 'GENERATOR'
  | 'COOLING_UNIT'
  | 'ENVIRONMENTAL_MONITOR'

const ampelund = { manufacturer: 'Ampelund', serialPrefix: 'AL' }
const querrow = { manufacturer: 'Querrow', serialPrefix: 'QR' }
const frostavel = { manufacturer: 'Frostavel', serialPrefix: 'FV' }
const tuvenna = { manufacturer: 'Tuvenna', serialPrefix: 'TV' }

export const products: Readonly<Record<RootType | 'BATTERY_FRAME', readonly Product[]>> = {
  UPS: [
    { ...ampelund, modelName: 'Holdfast R 3000', firmware: { major: 3, minor: 2 } },
    { ...ampelund, modelName: 'Holdfast R 6000', firmware: { major: 3, minor: 4 } },
  ],
  BATTERY_FRAME: [
    { ...ampelund, modelName: 'Holdfast B 12' },
    { ...ampelund, modelName: 'Holdfast B 24' },
  ],
  RPDU: [
    { ...querrow, modelName: 'Slat S8', firmware: { major: 2, minor: 6 } },
    { ...querrow, modelName: 'Slat S8-M', firmware: { major: 2, minor: 9 } },
  ],
  PDU: [{ ...querrow, modelName: 'Trunk 125', firmware: { major: 1, minor: 3 } }],
  AUTOMATIC_TRANSFER_SWITCH: [{ ...querrow, modelName: 'Fork 32', firmware: { major: 1, minor: 0 } }],
  GENERATOR: [{ ...ampelund, modelName: 'Bulwark 200', firmware: { major: 5, minor: 0 } }],
  COOLING_UNIT: [
    { ...frostavel, modelName: 'Rowan 30', firmware: { major: 4, minor: 5 } },
    { ...frostavel, modelName: 'Rowan 60', firmware: { major: 4, minor: 7 } },
  ],
  ENVIRONMENTAL_MONITOR: [{ ...tuvenna, modelName: 'Vane 4', firmware: { major: 1, minor: 8 } }],
}

/** Those that take battery frames. */
export const largeUpses: readonly Product[] = [
  { ...ampelund, modelName: 'Holdfast T 40', firmware: { major: 7, minor: 1 } },
  { ...ampelund, modelName: 'Holdfast T 80', firmware: { major: 7, minor: 3 } },
]
