import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import { installationState } from '../../domain/installation-state.ts'
import { managementOperation } from '../../http/management.ts'
import { installationCounts } from '../../store/installation-state.ts'
import { jobRuns } from '../../store/job-runs.ts'
import { rolledUpUntil } from '../../store/measurements/roll-ups.ts'
import { present } from '../../store/present.ts'
import { access } from '../access.ts'

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as { version: string }

export const getInstallationState = managementOperation({
  operationId: 'getInstallationState',
  method: 'GET',
  path: '/installation/state',
  tag: 'installation',
  summary: 'How the installation fares: its version, database, jobs, mail, gateways and record',
  description:
    'Counts over all companies, and nothing of their devices. Why a job failed stands in the log of the process that did it.',
  access: access.getInstallationState,
  answer: { status: 200, schema: installationState },
  handle: async ({ context }) => stateOf(context),
})

async function stateOf({ config, db, startedAt }: Context) {
  const counts = await installationCounts(db.system)
  const until = await rolledUpUntil(db)
  return {
    version,
    database: config.databaseUrl === undefined ? ('embedded' as const) : ('PostgreSQL' as const),
    databaseBytes: counts.databaseBytes,
    url: config.url,
    startedAt: startedAt.toISOString(),
    settings: {
      rateLimitFactor: config.rateLimitFactor,
      measurementHours: config.measurementHours,
      metricsPort: config.metricsPort,
      trustedProxies: config.trustedProxies,
    },
    companies: { partners: counts.partners, customers: counts.customers, validCustomers: counts.validCustomers },
    gateways: { all: counts.gateways, silent: counts.silentGateways },
    mail: { sends: config.mail !== undefined, waiting: counts.mailsWaiting, givenUp: counts.mailsGivenUp },
    jobs: (await jobRuns(db.system)).map(present),
    record: present({ acts: counts.acts, signedUntil: counts.signedUntil, signedAt: counts.signedAt }),
    ...(until === null ? {} : { rolledUpUntil: until }),
  }
}
