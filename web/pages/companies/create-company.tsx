import { Radio, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { FormFoot } from '../../form-foot.tsx'
import { paths } from '../../paths.ts'
import { createCompanyTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { type CompanyDetails, CompanyFields, companyMistakes } from './company-fields.tsx'

type Kind = 'customer' | 'partner'

/** The dialog that makes a company, and leads to its page. */
export function CreateCompany({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.title} closeText={portalTexts.close} lightly={false}>
      <CompanyForm onClose={onClose} />
    </Dialog>
  )
}

function CompanyForm({ onClose }: { onClose: () => void }) {
  const [checked, setChecked] = useState(false)
  const [kind, setKind] = useState<Kind>('customer')
  const [details, setDetails] = useState<CompanyDetails>({ name: '', address: '', contactEmail: '', contactPhone: '' })
  const creation = useCreation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (Object.keys(companyMistakes(details)).length === 0) {
      creation.mutate({ kind, ...details })
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Radio.Group label={texts.kind} value={kind} onChange={(value) => setKind(value as Kind)}>
          <Stack gap="sm" mt="xs">
            {(['customer', 'partner'] as const).map((value) => (
              <Radio key={value} value={value} label={texts.kinds[value].word} description={texts.kinds[value].sentence} />
            ))}
          </Stack>
        </Radio.Group>
        <CompanyFields details={details} onChange={setDetails} checked={checked} />
      </Stack>
      <FormFoot sent={creation} submit={texts.submit} onCancel={onClose} />
    </form>
  )
}

function useCreation() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ kind, name, address, contactEmail, contactPhone }: { kind: Kind } & CompanyDetails) =>
      answer(
        api.POST('/api/v1/companies', {
          body: {
            kind,
            name: name.trim(),
            ...(address.trim() && { address: address.trim() }),
            ...(contactEmail.trim() && { contactEmail: contactEmail.trim() }),
            ...(contactPhone.trim() && { contactPhone: contactPhone.trim() }),
          },
        }),
      ),
    onSuccess: async (company) => {
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
      await navigate({ to: paths.company, params: { companyId: company.id } })
    },
  })
}
