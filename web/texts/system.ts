export const systemTexts = {
  title: 'System',
  lead: 'How this installation fares. Nothing here is of anybody’s devices.',
  well: { title: 'All is well', text: 'No job fails, no gateway is silent, and no mail was given up.' },
  attention: 'What needs attention',
  failing: (job: string, times: number) =>
    `The job “${job}” ${times === 1 ? 'failed' : `failed ${times} times in a row`}. Why, the log says at that time.`,
  silent: (count: number) => (count === 1 ? 'One gateway is silent.' : `${count} gateways are silent.`),
  givenUp: (count: number) =>
    count === 1 ? 'One mail was given up in the last 30 days.' : `${count} mails were given up in the last 30 days.`,
  toMails: 'See the mails',
  noMailServer: 'There is no mail server: mails are kept, and sent to nobody.',
  installation: 'Installation',
  facts: {
    version: 'Version',
    url: 'Address in links',
    started: 'Running since',
    database: 'Database',
    companies: 'Companies',
    gateways: 'Gateways',
    mails: 'Mails waiting',
    charts: 'Charts complete until',
    chartsNow: 'Now',
    record: 'Record of acts',
  },
  databaseNames: { embedded: 'Embedded', PostgreSQL: 'PostgreSQL' },
  databaseSize: (name: string, size: string) => `${name}, ${size}`,
  companyCounts: (partners: number, customers: number, valid: number) =>
    `${count(partners, 'partner')}, ${count(customers, 'customer')}, ${valid} of them valid`,
  gatewayCounts: (all: number, silent: number) =>
    silent === 0 ? `${all}, none of them silent` : `${all}, ${silent} of them silent`,
  record: (acts: number) => count(acts, 'act'),
  signed: 'signed',
  settings: 'Settings of the server',
  settingsLead: 'Set by flags and environment variables when the server is started.',
  settingFacts: {
    limits: 'Limits of requests',
    measurements: 'Measurements are kept',
    metrics: 'Metrics',
    proxies: 'Trusted proxies',
    mail: 'Mail server',
  },
  limits: (factor: number) => (factor === 1 ? 'As documented' : `As documented, times ${factor}`),
  hours: (hours: number) => `${hours} hours`,
  metricsAt: (port: number) => `/metrics on port ${port}`,
  none: 'None',
  configured: 'Configured',
  jobs: 'Jobs',
  jobsLead:
    'What is done without anybody asking. Of several processes, the last run of any is shown; of jobs that run more often, one run a minute.',
  noJobs: { title: 'No job has run yet', text: 'Some run within a minute of the start, others an hour after it.' },
  every: (ms: number | undefined) =>
    ms === undefined
      ? '–'
      : ms >= 3_600_000
        ? count(ms / 3_600_000, 'hour')
        : ms >= 60_000
          ? count(ms / 60_000, 'minute')
          : count(ms / 1000, 'second'),
  columns: { job: 'Job', state: 'State', every: 'Every', succeeded: 'Last succeeded', failed: 'Last failed' },
  states: { well: 'Well', fails: 'Fails' },
  never: 'Never',
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
