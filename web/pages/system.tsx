import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api, type InstallationState, problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { locale } from '../texts/language.ts'
import { portalTexts } from '../texts/portal.ts'
import { systemTexts as texts } from '../texts/system.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago } from '../ui/time.tsx'
import { Health } from './system/health.tsx'
import { Kept } from './system/kept.tsx'
import { LimitsNow } from './system/limits.tsx'

const refreshMs = 10_000

const systemQuery = queryOptions({
  queryKey: ['installation', 'state'],
  queryFn: () => answer(api.GET('/api/v1/installation/state')),
  refetchInterval: refreshMs,
})

type Job = InstallationState['jobs'][number]

const column = columnsOf<Job>()
const columns = column.columns([
  column.accessor('job', { header: texts.columns.job, sortFn: 'text', meta: { heads: true } }),
  column.accessor(({ failuresInRow }) => texts.states[failuresInRow > 0 ? 'fails' : 'well'], {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original }, getValue }) => <State mood={original.failuresInRow > 0 ? 'bad' : 'good'}>{getValue()}</State>,
  }),
  column.accessor('everyMs', {
    header: texts.columns.every,
    sortFn: 'basic',
    cell: ({ getValue }) => texts.every(getValue()),
  }),
  column.accessor('succeededAt', {
    header: texts.columns.succeeded,
    sortFn: 'basic',
    cell: ({ getValue }) => <When at={getValue()} />,
  }),
  column.accessor('failedAt', {
    header: texts.columns.failed,
    sortFn: 'basic',
    cell: ({ getValue }) => <When at={getValue()} />,
  }),
])

function When({ at }: { at: string | undefined }) {
  return at === undefined ? texts.never : <Ago at={at} />
}

/** How the installation fares, for the vendor: first what needs somebody. */
export function SystemPage() {
  const state = useQuery(systemQuery)
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Loaded query={state} problemText={problemText}>
        {(present) => (
          <>
            <Attention state={present} />
            <Section title={texts.installation} framed>
              <InstallationFacts state={present} />
            </Section>
            <Section title={texts.settings} lead={texts.settingsLead} framed>
              <SettingFacts state={present} />
            </Section>
            <Section title={texts.jobs} lead={texts.jobsLead}>
              {present.jobs.length === 0 ? (
                <Empty title={texts.noJobs.title}>{texts.noJobs.text}</Empty>
              ) : (
                <DataTable
                  label={texts.jobs}
                  columns={columns}
                  rows={present.jobs}
                  rowId={({ job }) => job}
                  moreText={portalTexts.more}
                />
              )}
            </Section>
            <Health metricsPort={present.settings.metricsPort} />
          </>
        )}
      </Loaded>
      <LimitsNow />
      <Kept />
    </Page>
  )
}

function Attention({ state: { jobs, gateways, mail } }: { state: InstallationState }) {
  const failing = jobs.filter(({ failuresInRow }) => failuresInRow > 0)
  if (failing.length === 0 && gateways.silent === 0 && mail.givenUp === 0)
    return (
      <Section title={texts.well.title} framed>
        {texts.well.text}
      </Section>
    )
  return (
    <Section title={texts.attention} framed>
      <ul>
        {failing.map(({ job, failuresInRow }) => (
          <li key={job}>{texts.failing(job, failuresInRow)}</li>
        ))}
        {gateways.silent > 0 && <li>{texts.silent(gateways.silent)}</li>}
        {mail.givenUp > 0 && (
          <li>
            {texts.givenUp(mail.givenUp)} <TextLink to={paths.mails}>{texts.toMails}</TextLink>
          </li>
        )}
      </ul>
    </Section>
  )
}

function InstallationFacts({ state }: { state: InstallationState }) {
  const { companies, gateways, record } = state
  return (
    <Facts
      facts={{
        [texts.facts.version]: state.version,
        [texts.facts.url]: state.url,
        [texts.facts.started]: <Ago at={state.startedAt} />,
        [texts.facts.database]: texts.databaseSize(texts.databaseNames[state.database], bytes(state.databaseBytes)),
        [texts.facts.companies]: texts.companyCounts(companies.partners, companies.customers, companies.validCustomers),
        [texts.facts.gateways]: texts.gatewayCounts(gateways.all, gateways.silent),
        [texts.facts.mails]: String(state.mail.waiting),
        [texts.facts.charts]: state.rolledUpUntil === undefined ? texts.facts.chartsNow : <Ago at={state.rolledUpUntil} />,
        [texts.facts.record]: (
          <>
            {texts.record(record.acts)}
            {record.signedAt && (
              <>
                , {texts.signed} <Ago at={record.signedAt} />
              </>
            )}
          </>
        ),
      }}
    />
  )
}

function SettingFacts({ state: { settings, mail } }: { state: InstallationState }) {
  return (
    <Facts
      facts={{
        [texts.settingFacts.limits]: texts.limits(settings.rateLimitFactor),
        [texts.settingFacts.measurements]: texts.hours(settings.measurementHours),
        [texts.settingFacts.mail]: mail.sends ? texts.configured : texts.noMailServer,
        [texts.settingFacts.metrics]: settings.metricsPort === 0 ? texts.none : texts.metricsAt(settings.metricsPort),
        [texts.settingFacts.proxies]: settings.trustedProxies.join(', ') || texts.none,
      }}
    />
  )
}

/** A size in the unit that suits it. */
function bytes(count: number): string {
  const unit = count >= 1e9 ? 'gigabyte' : 'megabyte'
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    count / (unit === 'gigabyte' ? 1e9 : 1e6),
  )
}
