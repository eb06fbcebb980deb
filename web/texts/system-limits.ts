import type { Retention } from '../client.ts'
import { countText } from '../numbers.ts'

/** Of the page System: what is answered to those who watch, the limits, and what is kept. */
export const healthTexts = {
  title: 'Health and metrics',
  lead: 'What this server tells those who watch over it: a load balancer, a monitor.',
  facts: { health: 'Lives', ready: 'Takes requests', metrics: 'Metrics' },
  health: '/health answers while the process lives.',
  ready: {
    yes: '/ready answers that it does: the database answers.',
    no: '/ready answers that it does not: the database is not reached, or the server is being stopped.',
  },
  asking: 'Asking…',
  metrics: (port: number) =>
    `/metrics on port ${port}, for Prometheus: requests by operation and status, and the time they took; streams and why they ended; measurements stored and sent, and what waits; how far behind charts are; mails sent, failed and waiting; memory and processor of the process.`,
  noMetrics:
    'Off. Started with --metrics-port, the server tells Prometheus of requests, streams, measurements, charts and mails, and of the process itself.',
}

export const limitsTexts = {
  title: 'Limits of requests',
  lead: 'In a minute, for each process of this server. Programs that poll as they should never meet them.',
  names: {
    list: 'Lists, of an organization',
    changes: 'Changes, of an organization',
    device: 'Single devices, of an organization',
    organizations: 'Lists of organizations',
    stream: 'Streams opened, of an organization',
    replay: 'Replays, of an organization',
    management: 'Requests of a member or an access token',
    ingest: 'Requests of a gateway',
    anyone: 'Requests of an address that has not signed in',
    companyBase: 'Requests of a company',
    companyPerCustomer: 'More for each customer that it covers',
    refused: 'Refused keys from an address',
    replayedLines: 'Measurements replayed, of an organization',
  } as Record<string, string>,
  amount: (limit: number) => countText(limit),
  refused: 'Refused lately',
  refusedLead: (hours: number) => `Whose requests for device data were too many in the last ${hours} hours, the most first.`,
  table: 'Refused by the limits',
  columns: { company: 'Company', key: 'Key', requests: 'Refused', last: 'Last' },
  people: 'People in the portal',
  nobody: { title: 'Nobody was refused', text: 'No request for device data was one too many.' },
}

export const retentionTexts = {
  title: 'What is kept',
  lead: 'For how long at least. What is older is deleted within the hour. Data of devices are not counted here.',
  table: 'What is kept',
  columns: { what: 'What', period: 'For', count: 'Now', oldest: 'The oldest' },
  what: {
    measurements: 'Measurements, to be replayed',
    'chart measurements': 'Measurements by 5 minutes, for charts',
    'states of alarms': 'What became of alarms',
    deletions: 'That devices, locations and sensors were deleted',
    'batch ids': 'Ids of gateways’ batches',
    accesses: 'Who read what',
    'accesses by the minute': 'Who read what, by the minute',
    mails: 'Mails',
    'webhook deliveries': 'Deliveries of webhooks',
    'closed companies': 'Closed companies',
    acts: 'Acts of the record',
  } as Record<Retention['kept'][number]['what'], string>,
  period: (hours: number | undefined) =>
    hours === undefined ? 'For good' : hours % 24 === 0 && hours >= 24 ? `${hours / 24} days` : `${hours} hours`,
  amount: (count: number | undefined) => (count === undefined ? '–' : countText(count)),
  nothing: '–',
}
