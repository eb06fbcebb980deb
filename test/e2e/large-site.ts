const racks = 200
export const devicesEach = 50
const all = racks * devicesEach

/** A site of ten thousand devices: ten rooms of twenty racks of fifty. */
export function largeSite() {
  const rooms = Array.from({ length: 10 }, (_, n) => ({
    ref: `room${n}`,
    type: 'ROOM',
    label: `Room ${n + 1}`,
    parentRef: 'site',
  }))
  const locations = [
    { ref: 'site', type: 'SITE', label: 'Large site' },
    ...rooms,
    ...Array.from({ length: racks }, (_, n) => ({
      ref: `rack${n}`,
      type: 'RACK',
      label: `Rack ${n + 1}`,
      parentRef: `room${n % 10}`,
    })),
  ]
  const devices = Array.from({ length: all }, (_, n) => ({
    ref: `d${n}`,
    type: n % devicesEach === 0 ? 'UPS' : 'RPDU',
    label: `${n % devicesEach === 0 ? 'UPS' : 'PDU'} ${n + 1}`,
    locationRef: `rack${n % racks}`,
    serialNumber: `LS-${String(n).padStart(6, '0')}`,
  }))
  return { full: true, locations, devices }
}
