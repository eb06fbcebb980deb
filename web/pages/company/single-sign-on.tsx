import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Company, problemText } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { useMayChange } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { companySingleSignOnTexts as texts } from '../../texts/single-sign-on.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Section } from '../../ui/section.tsx'

/** A company's own sign-in, as the vendor sees it, and may turn it off. */
export function CompanySingleSignOn({ company }: { company: Company }) {
  const mayChange = useMayChange()
  const { singleSignOn } = company
  if (!singleSignOn) {
    return null
  }
  const { name, enabled, required } = singleSignOn
  return (
    <Section title={texts.title} lead={texts.lead} framed action={enabled && mayChange && <TurnOff company={company} />}>
      <Facts facts={{ [texts.name]: name, [texts.state]: !enabled ? texts.off : required ? texts.required : texts.on }} />
    </Section>
  )
}

function TurnOff({ company }: { company: Company }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const turnOff = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/companies/{companyId}/single-sign-on', { params: { path: { companyId: company.id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
      close()
      notifyDone(texts.turnedOff)
    },
  })
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {texts.turnOff}
      </Button>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.turnOffTitle(company.name)}
        confirmText={texts.turnOff}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={turnOff.isPending}
        problem={turnOff.error ? problemText(turnOff.error) : undefined}
        onConfirm={() => turnOff.mutate()}
      >
        <p>{texts.turnOffText}</p>
      </Confirm>
    </>
  )
}
