import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answer, api, type Gateway, problemText } from '../../client.ts'
import { actingFor } from '../../gateways.ts'
import { useMayChange } from '../../session.ts'
import { replaceTokenTexts as texts } from '../../texts/gateways.ts'
import { portalTexts } from '../../texts/portal.ts'
import { DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { RowButton } from '../../ui/row-button.tsx'
import { Snippet } from '../../ui/shown-once.tsx'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'
import { startCommand, tokenFile } from './add-gateway.tsx'

/** The button that replaces a gateway's token: the question, then the new one, this once, with how to use it. */
export function ReplaceToken({ gateway }: { gateway: Gateway }) {
  const [opened, { open, close }] = useDisclosure(false)
  const { organizationId } = useParams({ strict: false })
  const queryClient = useQueryClient()
  const replacing = useMutation({
    mutationFn: () => {
      const params = { path: { gatewayId: gateway.id }, ...actingFor(organizationId) }
      return answer(api.POST('/api/v1/gateways/{gatewayId}/token', { params }))
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['gateways'] }),
    gcTime: 0,
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <RowButton label={texts.named(gateway.name)} onClick={open}>
        {texts.button}
      </RowButton>
      <ShownOnceDialog
        opened={opened}
        onClose={close}
        title={texts.title(gateway.name)}
        secret={replacing.data?.token}
        onLeft={replacing.reset}
        texts={texts.shown}
        words={portalTexts}
        form={
          <>
            <p>{texts.text}</p>
            <FormProblem problem={replacing.error ? problemText(replacing.error) : undefined} />
            <DialogButtons>
              <Button variant="default" onClick={close} data-autofocus>
                {portalTexts.cancel}
              </Button>
              <Button color="red" onClick={() => replacing.mutate()} loading={replacing.isPending}>
                {texts.confirm}
              </Button>
            </DialogButtons>
          </>
        }
      >
        <Snippet label={texts.tokenFile} text={tokenFile(replacing.data?.token ?? '')} texts={portalTexts} />
        <Snippet label={texts.command} text={startCommand} texts={portalTexts} />
      </ShownOnceDialog>
    </>
  )
}
