import { Button, Checkbox, NativeSelect, Radio, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { alarmMailsQuery } from '../../alarm-mails.ts'
import { type AlarmMails, answer, api, problemText, type Severity } from '../../client.ts'
import { useSession } from '../../session.ts'
import { alarmMailsTexts as texts } from '../../texts/alarm-mails.ts'
import { severityTexts } from '../../texts/alarms.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import type { Picked } from '../../ui/pick-list.tsx'
import { Loaded } from '../../ui/query.tsx'
import { CustomerList, LocationList } from './mail-me-lists.tsx'

/** The worst first; OK: whatever there is. */
const thresholds: Severity[] = ['CRITICAL', 'ERROR', 'WARNING', 'UNKNOWN', 'INFO', 'OK']

/** Of so many customers' inventories locations are offered at once. */
const inventoriesMax = 5

/** Null: all. */
type Chosen = ReadonlySet<string> | null

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
  const { id, kind } = useSession().company
  const [severity, setSeverity] = useState<Severity>(present?.severity ?? 'WARNING')
  const [cleared, setCleared] = useState(present?.cleared ?? false)
  const [customers, setCustomers] = useState<Chosen>(present?.organizationIds ? new Set(present.organizationIds) : null)
  const [locations, setLocations] = useState<Chosen>(present?.locationIds ? new Set(present.locationIds) : null)
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const done = (alarmMails: AlarmMails | undefined, words: string) => {
    queryClient.setQueryData(alarmMailsQuery.queryKey, alarmMails ? { alarmMails } : {})
    onClose()
    notifyDone(words)
  }
  const save = useMutation({
    mutationFn: () => {
      const some = {
        ...(customers && { organizationIds: [...customers] }),
        ...(locations && { locationIds: [...locations] }),
      }
      return answer(api.PUT('/api/v1/alarm-mails', { body: { severity, cleared, ...some } }))
    },
    onSuccess: (saved) => done(saved, texts.saved),
  })
  const stop = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/alarm-mails')),
    onSuccess: () => done(undefined, texts.stopped),
  })
  const mistakeOf = (chosen: Chosen) => (chosen?.size === 0 ? texts.choose : undefined)
  const shownOf = (chosen: Chosen) => (checked ? mistakeOf(chosen) : undefined)
  // Each inventory is read whole, so locations are offered of a few customers at once. That some were chosen stays to be seen, and to be given up.
  const organizations = kind === 'partner' ? [...(customers ?? [])] : [id]
  const organizationIds = organizations.length <= inventoriesMax ? organizations : []
  const offersLocations = organizationIds.length > 0 || locations !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistakeOf(customers) && !mistakeOf(locations)) {
      save.mutate()
    }
  }
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
        {kind === 'partner' && (
          <AllOrSome
            label={texts.customers}
            words={{ all: texts.allCustomers, some: texts.chosenCustomers }}
            chosen={customers}
            onChange={(chosen) => {
              setCustomers(chosen)
              // Locations are those of the chosen customers.
              setLocations(null)
            }}
            list={(picked) => <CustomerList {...picked} mistake={shownOf(customers)} />}
          />
        )}
        {offersLocations && (
          <AllOrSome
            label={texts.locations}
            words={{ all: texts.everywhere, some: texts.chosenLocations }}
            chosen={locations}
            onChange={setLocations}
            list={(picked) => <LocationList {...picked} organizationIds={organizationIds} mistake={shownOf(locations)} />}
          />
        )}
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

interface AllOrSomeProps {
  label: string
  words: { all: string; some: string }
  chosen: Chosen
  onChange: (chosen: Chosen) => void
  /** What is chosen of, where it is some. */
  list: (picked: Picked) => ReactNode
}

function AllOrSome({ label, words, chosen, onChange, list }: AllOrSomeProps) {
  return (
    <>
      <Radio.Group
        label={label}
        value={chosen ? 'some' : 'all'}
        onChange={(value) => onChange(value === 'some' ? new Set() : null)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={words.all} />
          <Radio value="some" label={words.some} />
        </Stack>
      </Radio.Group>
      {chosen && list({ chosen, onChange })}
    </>
  )
}
