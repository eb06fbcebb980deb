import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Company, problemText } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { useMayChange } from '../../session.ts'
import { companyTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'

/** Suspends a company after a question, or ends its suspension. */
export function SuspendCompany({ company }: { company: Company }) {
  const [asking, { open, close }] = useDisclosure(false)
  const mayChange = useMayChange()
  const change = useSuspension(company, close)
  if (!mayChange || company.kind === 'vendor') {
    return null
  }
  return (
    <>
      {company.suspendedAt ? (
        <Button variant="default" onClick={() => change.mutate(false)} loading={change.isPending}>
          {texts.resume}
        </Button>
      ) : (
        <Button variant="default" onClick={open}>
          {texts.suspend}
        </Button>
      )}
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.suspendTitle(company.name)}
        confirmText={texts.suspend}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={change.isPending}
        problem={change.error ? problemText(change.error) : undefined}
        onConfirm={() => change.mutate(true)}
      >
        <p>{texts.suspendText[company.kind === 'partner' ? 'partner' : 'customer']}</p>
      </Confirm>
    </>
  )
}

function useSuspension({ id, name }: Company, onDone: () => void) {
  const queryClient = useQueryClient()
  const params = { path: { companyId: id } }
  return useMutation({
    mutationFn: async (suspend: boolean) => {
      await (suspend
        ? answer(api.PUT('/api/v1/companies/{companyId}/suspension', { params }))
        : answer(api.DELETE('/api/v1/companies/{companyId}/suspension', { params })))
    },
    onSuccess: async (_, suspend) => {
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
      onDone()
      notifyDone(suspend ? texts.suspended(name) : texts.resumed(name))
    },
    onError: (error, suspend) => !suspend && notifyProblem(problemText(error)),
  })
}
