import { Button, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type ListedAlarm, problemText } from '../../client.ts'
import { useSession } from '../../session.ts'
import { acknowledgeTexts as texts } from '../../texts/alarms.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { membersQuery } from '../../users.ts'

/** Says that an alarm was seen, who sees to it, and a note; or takes that back. */
export function AcknowledgeDialog({ alarm, onClose }: { alarm: ListedAlarm; onClose: () => void }) {
  const { company } = useSession()
  const members = useQuery(membersQuery)
  const [assigneeId, setAssigneeId] = useState(alarm.acknowledgement?.assignee?.personId ?? '')
  const [note, setNote] = useState(alarm.acknowledgement?.note ?? '')
  const queryClient = useQueryClient()
  const params = { path: { organizationId: company.id, alarmId: alarm.id } }
  const onSuccess = async (done: string) => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['alarms', company.id] }),
      queryClient.invalidateQueries({ queryKey: ['site state', company.id] }),
    ])
    onClose()
    notifyDone(done)
  }
  const path = '/api/v1/organizations/{organizationId}/alarms/{alarmId}/acknowledgement'
  const saving = useMutation({
    mutationFn: () =>
      answer(api.PUT(path, { params, body: { ...(assigneeId && { assigneeId }), ...(note.trim() && { note }) } })),
    onSuccess: () => onSuccess(texts.done),
  })
  const withdrawal = useMutation({
    mutationFn: () => answer(api.DELETE(path, { params })),
    onSuccess: () => onSuccess(texts.withdrawn),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  const error = saving.error ?? withdrawal.error
  return (
    <Dialog opened onClose={onClose} title={texts.title(alarm.label)} closeText={portalTexts.close}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{texts.lead}</Text>
          <NativeSelect
            label={texts.assignee}
            data={[
              { value: '', label: texts.nobody },
              ...(members.data?.members ?? []).map(({ personId, name }) => ({ value: personId, label: name })),
            ]}
            value={assigneeId}
            onChange={(event) => setAssigneeId(event.currentTarget.value)}
          />
          <Textarea
            label={texts.note}
            value={note}
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </Stack>
        <FormProblem problem={error ? problemText(error) : undefined} />
        <DialogButtons>
          {alarm.acknowledgement && (
            <Button variant="default" onClick={() => withdrawal.mutate()} loading={withdrawal.isPending}>
              {texts.withdraw}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {portalTexts.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending} data-autofocus>
            {texts.acknowledge}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
