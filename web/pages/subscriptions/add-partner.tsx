import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type FoundPartner, problemText } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { partnersQuery } from '../../partners.ts'
import { addPartnerTexts as texts } from '../../texts/add-partner.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'

/** Adding a partner: its Partner ID, then who that is, then the connection. */
export function AddPartner({ onClose }: { onClose: () => void }) {
  const [partnerId, setPartnerId] = useState('')
  const [found, setFound] = useState<FoundPartner>()
  return (
    <Dialog opened onClose={onClose} title={texts.title} closeText={portalTexts.close} lightly={false}>
      {found ? (
        <Found partner={found} onBack={() => setFound(undefined)} onClose={onClose} />
      ) : (
        <Find partnerId={partnerId} onChange={setPartnerId} onFound={setFound} onClose={onClose} />
      )}
    </Dialog>
  )
}

interface FindProps {
  partnerId: string
  onChange: (partnerId: string) => void
  onFound: (partner: FoundPartner) => void
  onClose: () => void
}

function Find({ partnerId, onChange, onFound, onClose }: FindProps) {
  const [checked, setChecked] = useState(false)
  const search = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/partners/search', { body: { partnerId: partnerId.trim() } })),
    onSuccess: onFound,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (partnerId.trim()) {
      search.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.partnerId}
        description={texts.hint}
        value={partnerId}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={checked && !partnerId.trim() && texts.missing}
        autoComplete="off"
        autoFocus
        data-autofocus
      />
      <FormFoot sent={search} submit={texts.find} onCancel={onClose} />
    </form>
  )
}

function Found({ partner, onBack, onClose }: { partner: FoundPartner; onBack: () => void; onClose: () => void }) {
  const queryClient = useQueryClient()
  const adding = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/partners', { body: { partnerId: partner.partnerId } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey })
      onClose()
      notifyDone(texts.added(partner.name))
    },
  })
  return (
    <>
      <p role="status">{texts.found}</p>
      <Facts
        facts={{
          [texts.facts.name]: partner.name,
          [texts.facts.id]: partner.partnerId,
          [texts.facts.email]: partner.contactEmail,
          [texts.facts.phone]: partner.contactPhone,
          [texts.facts.address]: partner.address,
        }}
      />
      <p>{texts.does(partner.name)}</p>
      <FormProblem problem={adding.error ? problemText(adding.error) : undefined} />
      <DialogButtons>
        <Button variant="default" onClick={onBack}>
          {texts.back}
        </Button>
        <Button onClick={() => adding.mutate()} loading={adding.isPending} autoFocus>
          {texts.submit}
        </Button>
      </DialogButtons>
    </>
  )
}
