import { Stack, Textarea, TextInput } from '@mantine/core'
import { createCompanyTexts as texts } from '../../texts/companies.ts'

export interface CompanyDetails {
  name: string
  address: string
  contactEmail: string
  contactPhone: string
}

interface CompanyFieldsProps {
  details: CompanyDetails
  onChange: (details: CompanyDetails) => void
  checked: boolean
}

/** Name, address and contact of a company. */
export function CompanyFields({ details, onChange, checked }: CompanyFieldsProps) {
  const mistakes = companyMistakes(details)
  const field = (name: keyof CompanyDetails) => ({
    value: details[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...details, [name]: event.currentTarget.value }),
    error: checked && mistakes[name],
  })
  return (
    <Stack gap="md">
      <TextInput label={texts.name} maxLength={200} data-autofocus {...field('name')} />
      <TextInput label={texts.email} type="email" maxLength={254} {...field('contactEmail')} />
      <TextInput label={texts.phone} type="tel" maxLength={40} {...field('contactPhone')} />
      <Textarea label={texts.address} rows={3} maxLength={500} {...field('address')} />
    </Stack>
  )
}

/** What is wrong with the details, by field. */
export function companyMistakes({ name, contactEmail }: CompanyDetails): Partial<Record<keyof CompanyDetails, string>> {
  return {
    ...(!name.trim() && { name: texts.nameMissing }),
    ...(contactEmail.trim() && !/^\S+@\S+$/.test(contactEmail.trim()) && { contactEmail: texts.emailMalformed }),
  }
}
