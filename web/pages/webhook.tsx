import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { answer, api, problemText, type Severity, type Webhook } from '../client.ts'
import { customersQuery } from '../customers.ts'
import { countText } from '../numbers.ts'
import { paths } from '../paths.ts'
import { useMayChange, useSession } from '../session.ts'
import { severityTexts } from '../texts/alarms.ts'
import { addWebhookTexts, webhookTexts as texts, webhooksTexts } from '../texts/webhooks.ts'
import { Facts } from '../ui/facts.tsx'
import { notifyDone, notifyProblem } from '../ui/notify.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { webhooksQuery } from '../webhooks.ts'
import { DeleteWebhook } from './webhooks/delete-webhook.tsx'
import { Deliveries } from './webhooks/deliveries.tsx'
import { EditWebhook } from './webhooks/edit-webhook.tsx'
import { EnableWebhook } from './webhooks/enable-webhook.tsx'
import { kindName } from './webhooks/kinds.ts'
import { ReplaceAuthorization } from './webhooks/replace-authorization.tsx'
import { RotateSecret } from './webhooks/rotate-secret.tsx'
import { Warnings } from './webhooks/warnings.tsx'
import { failedText, WebhookState } from './webhooks/webhook-state.tsx'

const route = getRouteApi('/signed-in/own/administration/webhooks/$webhookId')

/** One webhook: what it tells, how it does, and its deliveries. */
export function WebhookPage() {
  const { webhookId } = route.useParams()
  const webhooks = useQuery(webhooksQuery)
  const mayChange = useMayChange()
  const found = webhooks.data?.webhooks.find(({ id }) => id === webhookId)
  return (
    <Page
      title={found?.name ?? webhooksTexts.title}
      up={<TextLink to={paths.webhooks}>{texts.up}</TextLink>}
      action={found && mayChange && <Actions webhook={found} />}
    >
      <Loaded query={webhooks} problemText={problemText}>
        {() =>
          found === undefined ? (
            <Empty title={texts.missing}>{texts.missingText}</Empty>
          ) : (
            <>
              <Warnings webhook={found} />
              <Section title={texts.settings} framed>
                <WebhookFacts webhook={found} />
              </Section>
              <Deliveries webhook={found} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { organizationIds, locationIds } = webhook
  const { kind } = useSession().company
  const customers = useQuery({ ...customersQuery, enabled: kind === 'partner' && organizationIds !== undefined })
  const nameOf = (id: string) => customers.data?.customers.find(({ organizationId }) => organizationId === id)?.label ?? id
  return (
    <Facts
      facts={{
        [texts.facts.url]: webhook.url,
        [texts.facts.format]: webhook.format === 'alarms' ? texts.formatAlarms : addWebhookTexts.formats[webhook.scheme ?? 'v1'],
        [texts.facts.state]: <WebhookState webhook={webhook} />,
        [texts.facts.since]: webhook.failingSince && <Ago at={webhook.failingSince} />,
        [texts.facts.waiting]: webhook.waiting > 0 ? countText(webhook.waiting) : undefined,
        [texts.facts.failed]: webhook.failed > 0 ? failedText(webhook.failed) : undefined,
        [texts.facts.kinds]: webhook.kinds.map((one) => kindName(one, kind)).join(', '),
        [texts.facts.severities]: webhook.severities?.map((one) => severityTexts[one as Severity]).join(', '),
        [texts.facts.customers]: kind === 'partner' ? organizationIds?.map(nameOf).join(', ') : undefined,
        [texts.facts.locations]: locationIds && addWebhookTexts.locationsChosen(locationIds.length),
        [texts.facts.publicKey]: webhook.publicKey,
        [texts.facts.former]: webhook.formerSecretEndsAt && <Ago at={webhook.formerSecretEndsAt} />,
        [texts.facts.created]: <Day at={webhook.createdAt} />,
      }}
    />
  )
}

function Actions({ webhook }: { webhook: Webhook }) {
  return (
    <Group gap="xs" maw="calc(100vw - 2rem)">
      {webhook.enabled && <Test webhookId={webhook.id} />}
      <EditWebhook webhook={webhook} />
      {webhook.format === 'standard' ? <RotateSecret webhook={webhook} /> : <ReplaceAuthorization webhook={webhook} />}
      <EnableWebhook webhook={webhook} />
      <DeleteWebhook webhook={webhook} />
    </Group>
  )
}

function Test({ webhookId }: { webhookId: string }) {
  const queryClient = useQueryClient()
  const test = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhooks/{webhookId}/tests', { params: { path: { webhookId } } })),
    onSuccess: async () => {
      notifyDone(texts.tested)
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  return (
    <Button onClick={() => test.mutate()} loading={test.isPending}>
      {texts.test}
    </Button>
  )
}
