import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Company, problemText } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { useMayChange } from '../../session.ts'
import { companyDataTexts } from '../../texts/data.ts'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { CloseCompany } from '../company-data/close-company.tsx'

const texts = companyDataTexts.close

/** For the vendor: closes a company, or takes a closed one back. */
export function EndCompany({ company }: { company: Company }) {
  const queryClient = useQueryClient()
  const done = async (said: string) => {
    await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
    notifyDone(said)
  }
  const reopening = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/companies/{companyId}/closing', { params: { path: { companyId: company.id } } })),
    onSuccess: () => done(texts.reopened(company.name)),
    onError: (error) => notifyProblem(problemText(error)),
  })
  const { id, name, kind } = company
  if (!useMayChange() || (kind !== 'partner' && kind !== 'customer')) {
    return null
  }
  return company.closedAt ? (
    <Button variant="default" onClick={() => reopening.mutate()} loading={reopening.isPending}>
      {texts.reopen}
    </Button>
  ) : (
    <CloseCompany company={{ id, name, kind }} onClosed={() => done(texts.closed(name))} />
  )
}
