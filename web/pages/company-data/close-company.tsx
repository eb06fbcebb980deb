import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { answer, api, problemText } from '../../client.ts'
import { companyDataTexts } from '../../texts/data.ts'
import { portalTexts } from '../../texts/portal.ts'
import { TypedConfirm } from '../../ui/typed-confirm.tsx'

const texts = companyDataTexts.close

interface CloseCompanyProps {
  company: { id: string; name: string; kind: 'partner' | 'customer' }
  onClosed: () => Promise<void>
}

/** The button that closes a company, once its name is typed. */
export function CloseCompany({ company: { id, name, kind }, onClosed }: CloseCompanyProps) {
  const [asking, { open, close }] = useDisclosure(false)
  const closing = useMutation({
    mutationFn: () =>
      answer(api.PUT('/api/v1/companies/{companyId}/closing', { params: { path: { companyId: id } }, body: { name } })),
    onSuccess: async () => {
      close()
      await onClosed()
    },
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.button}
      </Button>
      <TypedConfirm
        opened={asking}
        onClose={close}
        title={texts.question(name)}
        label={texts.name}
        hint={texts.nameHint(name)}
        mistake={texts.nameWrong}
        expected={name}
        confirmText={texts.confirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        pending={closing.isPending}
        problem={closing.error ? problemText(closing.error) : undefined}
        onConfirm={() => closing.mutate()}
      >
        <ul>
          {texts.consequences[kind].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </TypedConfirm>
    </>
  )
}
