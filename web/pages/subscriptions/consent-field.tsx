import { Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { answer, api, type Partner, problemText } from '../../client.ts'
import { partnersQuery } from '../../partners.ts'
import { useMayChange } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { limitedTo, partnerTexts as texts } from '../../texts/subscriptions.ts'
import { Confirm, FormProblem } from '../../ui/dialog.tsx'
import { Day } from '../../ui/time.tsx'
import styles from './partner-section.module.css'

/** The consent: checking saves at once; unchecking asks first. A failure is said, and undone in sight. */
export function ConsentField({ partner, paused }: { partner: Partner; paused: boolean }) {
  const [asking, setAsking] = useState(false)
  const statusId = useId()
  const mayChange = useMayChange()
  const save = useSaveConsent(partner, () => setAsking(false))
  const allowed = partner.consent !== undefined
  const shown = save.isPending ? save.variables : allowed && !asking

  const change = (wanted: boolean) => {
    if (!mayChange || save.isPending) {
      return
    }
    save.reset()
    if (wanted) {
      save.mutate(true)
    } else {
      setAsking(true)
    }
  }
  const keep = () => {
    save.reset()
    setAsking(false)
  }

  return (
    <div className={styles.consent}>
      <Checkbox
        label={texts.allow}
        checked={shown}
        onChange={(event) => change(event.currentTarget.checked)}
        disabled={!mayChange}
        aria-describedby={statusId}
        classNames={{ label: styles.label ?? '' }}
      />
      <div id={statusId} role="status" className={styles.status}>
        {save.isPending ? texts.saving : save.isSuccess && <>{texts.saved(allowed)} </>}
        {!save.isPending && <Standing partner={partner} paused={paused} />}
        {!mayChange && <div>{portalTexts.onlyAdministrators}</div>}
      </div>
      {save.error && !asking && (
        <div className={styles.problem}>
          <FormProblem problem={notSaved(save.error)} />
        </div>
      )}
      <Confirm
        opened={asking}
        onClose={keep}
        title={texts.withdrawTitle(partner.name)}
        confirmText={texts.withdraw}
        cancelText={texts.keep}
        closeText={portalTexts.close}
        danger
        pending={save.isPending}
        problem={save.error ? notSaved(save.error) : undefined}
        onConfirm={() => save.mutate(false)}
      >
        <p>{texts.withdrawDoes(partner.name)}</p>
        <p>{texts.withdrawCannot}</p>
      </Confirm>
    </div>
  )
}

function Standing({ partner: { name, consent }, paused }: { partner: Partner; paused: boolean }) {
  if (!consent) {
    return texts.notAllowed(name)
  }
  const limit = limitedTo(consent.kinds)
  return (
    <>
      {texts.since} <Day at={consent.givenAt} /> {consent.givenBy && texts.by(consent.givenBy)}
      {limit && <div>{texts.only(limit)}</div>}
      {paused && <div>{texts.paused}</div>}
    </>
  )
}

function notSaved(error: Error) {
  const { title, detail } = problemText(error)
  return { title: `${texts.failedToSave}: ${title}`, detail }
}

function useSaveConsent({ partnershipId }: Partner, onSaved: () => void) {
  const queryClient = useQueryClient()
  const params = { path: { partnershipId } }
  return useMutation({
    mutationFn: async (allowed: boolean) => {
      await (allowed
        ? answer(api.PUT('/api/v1/partnerships/{partnershipId}/consent', { params, body: {} }))
        : answer(api.DELETE('/api/v1/partnerships/{partnershipId}/consent', { params })))
    },
    // Pending until the list has been read again: what is shown as saved is what the server says.
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey })
      onSaved()
    },
    onError: () => queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey }),
  })
}
