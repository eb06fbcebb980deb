/** A room and what stands in it. What is left out is none. */
export interface RoomPlan {
  label: string
  /** Racks, each with a rack PDU of two banks. */
  racks?: number
  upses?: number
  batteryFramesPerUps?: number
  floorPdus?: number
  transferSwitches?: number
  generators?: number
  coolingUnits?: number
  monitors?: number
}

export interface SitePlan {
  label: string
  address: string
  /** The first three parts of its devices' addresses: of a range for documentation (RFC 5737), so that none is anybody's. */
  network: '192.0.2' | '198.51.100' | '203.0.113'
  buildings: { label: string; rooms: RoomPlan[] }[]
}

/** A made-up organization: its name, and the whole of its inventory in outline. */
export interface OrganizationPlan {
  label: string
  address: string
  /** Of its people's addresses: a name that nobody can register (RFC 2606). */
  domain: string
  sites: SitePlan[]
}

const closet = (label: string): RoomPlan => ({ label, upses: 1, monitors: 1 })

export const demoPlan: OrganizationPlan = {
  label: 'Larkmere Demo Company',
  address: '1 Observatory Road, Larkmere',
  domain: 'larkmere.example',
  sites: [
    {
      label: 'Larkmere Campus',
      address: '1 Observatory Road, Larkmere',
      network: '192.0.2',
      buildings: [
        {
          label: 'Main Building',
          rooms: [
            { label: 'Data Hall', racks: 4, coolingUnits: 2, monitors: 2 },
            { label: 'Electrical Room', upses: 2, batteryFramesPerUps: 2, floorPdus: 2, transferSwitches: 1, generators: 1 },
            closet('Network Closet, Floor 1'),
            closet('Network Closet, Floor 2'),
          ],
        },
        { label: 'Workshop', rooms: [closet('Network Closet')] },
      ],
    },
    {
      label: 'Quayside Depot',
      address: '14 Ropewalk, Larkmere Quay',
      network: '198.51.100',
      buildings: [
        {
          label: 'Warehouse',
          rooms: [
            { label: 'Server Room', racks: 2, upses: 1, batteryFramesPerUps: 1, coolingUnits: 1, monitors: 1 },
            closet('Loading Bay Closet'),
          ],
        },
        { label: 'Office', rooms: [closet('Network Closet')] },
      ],
    },
  ],
}

export const hospitalPlan: OrganizationPlan = {
  label: 'Brackenmoor Hospital',
  address: '20 Heather Lane, Brackenmoor',
  domain: 'brackenmoor.example',
  sites: [
    {
      label: 'Brackenmoor Hospital',
      address: '20 Heather Lane, Brackenmoor',
      network: '192.0.2',
      buildings: [
        {
          label: 'Ward Block',
          rooms: [
            { label: 'Server Room', racks: 2, coolingUnits: 2, monitors: 2 },
            { label: 'Electrical Room', upses: 2, batteryFramesPerUps: 1, floorPdus: 1, transferSwitches: 1, generators: 1 },
            closet('Radiology Closet'),
            closet('Laboratory Closet'),
          ],
        },
        { label: 'Outpatient Clinic', rooms: [closet('Reception Closet')] },
      ],
    },
  ],
}

export const foodsPlan: OrganizationPlan = {
  label: 'Tidewick Foods',
  address: '3 Cannery Row, Tidewick',
  domain: 'tidewick.example',
  sites: [
    {
      label: 'Tidewick Plant',
      address: '3 Cannery Row, Tidewick',
      network: '203.0.113',
      buildings: [
        {
          label: 'Cold Store',
          rooms: [
            { label: 'Control Room', racks: 1, upses: 1, batteryFramesPerUps: 1, coolingUnits: 1, monitors: 1 },
            closet('Packing Line Closet'),
            closet('Dispatch Closet'),
          ],
        },
      ],
    },
  ],
}

export const universityPlan: OrganizationPlan = {
  label: 'Ellersby University',
  address: 'College Green, Ellersby',
  domain: 'ellersby.example',
  sites: [
    {
      label: 'Ellersby College Green',
      address: 'College Green, Ellersby',
      network: '198.51.100',
      buildings: [
        {
          label: 'Computing Centre',
          rooms: [
            { label: 'Machine Room', racks: 2, coolingUnits: 1, monitors: 2 },
            { label: 'Plant Room', upses: 1, batteryFramesPerUps: 2, floorPdus: 1 },
          ],
        },
        { label: 'Library', rooms: [closet('Reading Room Closet'), closet('Archive Closet')] },
        { label: 'Physics Department', rooms: [closet('Laboratory Closet')] },
      ],
    },
  ],
}

export const logisticsPlan: OrganizationPlan = {
  label: 'Sallowfield Logistics',
  address: '8 Depot Way, Sallowfield',
  domain: 'sallowfield.example',
  sites: [
    {
      label: 'Sallowfield Hub',
      address: '8 Depot Way, Sallowfield',
      network: '192.0.2',
      buildings: [
        {
          label: 'Sorting Hall',
          rooms: [{ label: 'Server Room', racks: 1, upses: 1, coolingUnits: 1, monitors: 1 }, closet('Gate Closet')],
        },
      ],
    },
  ],
}
