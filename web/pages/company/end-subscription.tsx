import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Company, problemText, type Subscription } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { vendorSubscriptionTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { dateOf } from '../../ui/times.ts'

type How = 'cancellation' | 'termination'

/** Ends a subscription: by not renewing it (cancellation), or now (termination). */
export function EndSubscription({ how, subscription, company }: { how: How; subscription: Subscription; company: Company }) {
  const [asking, { open, close }] = useDisclosure(false)
  const ending = useEnding(how, subscription, close)
  const words = {
    cancellation: {
      button: texts.cancel,
      title: texts.cancelTitle,
      text: texts.cancelText(dateOf(subscription.endsAt)),
      confirm: texts.cancel,
      keep: texts.keep,
    },
    termination: {
      button: texts.terminate,
      title: texts.terminateTitle(company.name),
      text: texts.terminateText,
      confirm: texts.terminate,
      keep: portalTexts.cancel,
    },
  }[how]
  return (
    <>
      <RowButton danger={how === 'termination'} onClick={open}>
        {words.button}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={words.title}
        confirmText={words.confirm}
        cancelText={words.keep}
        closeText={portalTexts.close}
        danger={how === 'termination'}
        pending={ending.isPending}
        problem={ending.error ? problemText(ending.error) : undefined}
        onConfirm={() => ending.mutate()}
      >
        <p>{words.text}</p>
      </Confirm>
    </>
  )
}

function useEnding(how: How, subscription: Subscription, onDone: () => void) {
  const queryClient = useQueryClient()
  const params = { path: { subscriptionId: subscription.id } }
  return useMutation({
    mutationFn: () =>
      how === 'cancellation'
        ? answer(api.POST('/api/v1/subscriptions/{subscriptionId}/cancellation', { params }))
        : answer(api.POST('/api/v1/subscriptions/{subscriptionId}/termination', { params })),
    onSuccess: async () => {
      onDone()
      notifyDone(how === 'cancellation' ? texts.canceledDone : texts.terminatedDone)
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
    },
  })
}
