import { Button, Checkbox, NativeSelect, Radio, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { alarmMailsQuery } from '../../alarm-mails.ts'
import { type AlarmMails, answer, api, problemText, type Severity } from '../../client.ts'
import { useSession } from '../../session.ts'
import { alarmMailsTexts as texts } from '../../texts/alarm-mails.ts'
import { severityTexts } from '../../texts/alarms.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { CustomerList, LocationList } from './mail-me-lists.tsx'

/** The worst first; OK: whatever there is. */
const thresholds: Severity[] = ['CRITICAL', 'ERROR', 'WARNING', 'UNKNOWN', 'INFO', 'OK']

/** Of which alarms the person is told by mail: chosen, changed and stopped here. */
export function MailMeDialog({ onClose }: { onClose: () => void }) {
  const present = useQuery(alarmMailsQuery)
  return (
    <Dialog opened onClose={onClose} title={texts.title} closeText={portalTexts.close} lightly={false}>
      <p>{texts.lead}</p>
      <Loaded query={present} problemText={problemText}>
        {({ alarmMails }) => <Form present={alarmMails} onClose={onClose} />}
      </Loaded>
    </Dialog>
  )
}

function Form({ present, onClose }: { present: AlarmMails | undefined; onClose: () => void }) {
  const isPartner = useSession().company.kind === 'partner'
  const before = isPartner ? present?.organizationIds : present?.locationIds
  const [severity, setSeverity] = useState<Severity>(present?.severity ?? 'WARNING')
  const [cleared, setCleared] = useState(present?.cleared ?? false)
  const [some, setSome] = useState(before !== undefined)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(before))
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const done = (alarmMails: AlarmMails | undefined, words: string) => {
    queryClient.setQueryData(alarmMailsQuery.queryKey, alarmMails ? { alarmMails } : {})
    onClose()
    notifyDone(words)
  }
  const save = useMutation({
    mutationFn: () => {
      const ids = isPartner ? { organizationIds: [...chosen] } : { locationIds: [...chosen] }
      return answer(api.PUT('/api/v1/alarm-mails', { body: { severity, cleared, ...(some && ids) } }))
    },
    onSuccess: (saved) => done(saved, texts.saved),
  })
  const stop = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/alarm-mails')),
    onSuccess: () => done(undefined, texts.stopped),
  })
  const mistake = some && chosen.size === 0 ? texts.choose : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!mistake) {
      save.mutate()
    }
  }
  const listed = { chosen, onChange: setChosen, mistake: checked ? mistake : undefined }
  const problem = save.error ?? stop.error
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <NativeSelect
          label={texts.severity}
          data={thresholds.map((value) => ({
            value,
            label: value === 'OK' ? texts.everything : texts.andWorse(severityTexts[value]),
          }))}
          value={severity}
          onChange={(event) => setSeverity(event.currentTarget.value as Severity)}
        />
        <Checkbox label={texts.cleared} checked={cleared} onChange={(event) => setCleared(event.currentTarget.checked)} />
        <Radio.Group
          label={isPartner ? texts.customers : texts.locations}
          value={some ? 'some' : 'all'}
          onChange={(value) => setSome(value === 'some')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="all" label={isPartner ? texts.allCustomers : texts.everywhere} />
            <Radio value="some" label={isPartner ? texts.chosenCustomers : texts.chosenLocations} />
          </Stack>
        </Radio.Group>
        {some && (isPartner ? <CustomerList {...listed} /> : <LocationList {...listed} />)}
      </Stack>
      <FormProblem problem={problem ? problemText(problem) : undefined} />
      <DialogButtons>
        {present && (
          <Button variant="default" color="red" onClick={() => stop.mutate()} loading={stop.isPending}>
            {texts.stop}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {present ? portalTexts.save : texts.save}
        </Button>
      </DialogButtons>
    </form>
  )
}
