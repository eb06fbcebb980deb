import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Company } from '../../client.ts'
import { companiesQuery } from '../../companies.ts'
import { FormFoot } from '../../form-foot.tsx'
import { useMayChange } from '../../session.ts'
import { companyTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { type CompanyDetails, CompanyFields, companyMistakes } from '../companies/company-fields.tsx'

/** The button and dialog that change a company's name, address and contact. */
export function EditCompany({ company }: { company: Company }) {
  const [opened, { open, close }] = useDisclosure(false)
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {texts.edit}
      </Button>
      <Dialog opened={opened} onClose={close} title={texts.editTitle} closeText={portalTexts.close} lightly={false}>
        <EditForm company={company} onClose={close} />
      </Dialog>
    </>
  )
}

function EditForm({ company, onClose }: { company: Company; onClose: () => void }) {
  const [details, setDetails] = useState<CompanyDetails>({
    name: company.name,
    address: company.address ?? '',
    contactEmail: company.contactEmail ?? '',
    contactPhone: company.contactPhone ?? '',
  })
  const queryClient = useQueryClient()
  const edit = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/companies/{companyId}', {
          params: { path: { companyId: company.id } },
          body: {
            name: details.name.trim(),
            address: details.address.trim() || null,
            contactEmail: details.contactEmail.trim() || null,
            contactPhone: details.contactPhone.trim() || null,
          },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: companiesQuery.queryKey })
      onClose()
      notifyDone(texts.edited)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (Object.keys(companyMistakes(details)).length === 0) {
      edit.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <CompanyFields details={details} onChange={setDetails} checked />
      <FormFoot sent={edit} submit={portalTexts.save} onCancel={onClose} />
    </form>
  )
}
