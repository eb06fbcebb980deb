import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Customer, problemText } from '../../client.ts'
import { customersQuery } from '../../customers.ts'
import { useMayChange } from '../../session.ts'
import { askConsentTexts as texts } from '../../texts/customer.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { Ago } from '../../ui/time.tsx'

const weekMs = 7 * 24 * 60 * 60 * 1000

/** The button that asks a customer for its consent, or when it was asked within the last week. Nothing where there is consent. */
export function AskConsent({ customer, prominent = false }: { customer: Customer; prominent?: boolean }) {
  const { organizationId, label, reasons, consentAskedAt } = customer
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const request = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/customers/{organizationId}/consent-request', { params: { path: { organizationId } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: customersQuery.queryKey })
      close()
      notifyDone(texts.done(label))
    },
  })
  const mayChange = useMayChange()
  if (!reasons.some((reason) => reason.includes('consent'))) {
    return null
  }
  if (consentAskedAt && Date.now() - new Date(consentAskedAt).getTime() < weekMs) {
    return (
      <span>
        {texts.asked} <Ago at={consentAskedAt} />
      </span>
    )
  }
  if (!mayChange) {
    return null
  }
  return (
    <>
      {prominent ? (
        <Button onClick={open}>{texts.action}</Button>
      ) : (
        <RowButton label={texts.of(label)} onClick={open}>
          {texts.action}
        </RowButton>
      )}
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.title(label)}
        confirmText={texts.confirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        pending={request.isPending}
        problem={request.error ? problemText(request.error) : undefined}
        onConfirm={() => request.mutate()}
      >
        <p>{texts.text}</p>
        <p>{texts.again}</p>
      </Confirm>
    </>
  )
}
