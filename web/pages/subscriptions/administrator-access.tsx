import { Switch } from '@mantine/core'
// Its styles come with the page that has one, so that no other page waits for them.
import '@mantine/core/styles/Switch.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { answer, api, type Partner, problemText } from '../../client.ts'
import { partnersQuery } from '../../partners.ts'
import { useMayChange } from '../../session.ts'
import { administratorAccessTexts as texts } from '../../texts/administrator-access.ts'
import { portalTexts } from '../../texts/portal.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { Day } from '../../ui/time.tsx'
import styles from './partner-section.module.css'

/** Whether the partner's administrators may act for the customer: saved at once, either way. A failure is said, and undone in sight. */
export function AdministratorAccess({ partner }: { partner: Partner }) {
  const statusId = useId()
  const mayChange = useMayChange()
  const save = useSaveAccess(partner)
  const granted = partner.administratorAccess
  return (
    <div className={styles.consent}>
      <Switch
        label={texts.label}
        checked={save.isPending ? save.variables : granted !== undefined}
        onChange={(event) => !save.isPending && save.mutate(event.currentTarget.checked)}
        disabled={!mayChange}
        aria-describedby={statusId}
        classNames={{ label: styles.label ?? '' }}
      />
      <div id={statusId} role="status" className={`${styles.status} ${styles.ofSwitch}`}>
        {save.isPending ? (
          texts.saving
        ) : granted ? (
          <>
            {texts.on(partner.name)} {texts.since} <Day at={granted.grantedAt} />{' '}
            {granted.grantedBy && texts.by(granted.grantedBy)}
          </>
        ) : (
          texts.off(partner.name)
        )}
        <div>{texts.never}</div>
        {!mayChange && <div>{portalTexts.onlyAdministrators}</div>}
      </div>
      {save.error && (
        <div className={styles.problem}>
          <FormProblem problem={notSaved(save.error)} />
        </div>
      )}
    </div>
  )
}

function notSaved(error: Error) {
  const { title, detail } = problemText(error)
  return { title: `${texts.failedToSave}: ${title}`, detail }
}

function useSaveAccess({ partnershipId }: Partner) {
  const queryClient = useQueryClient()
  const params = { path: { partnershipId } }
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey })
  return useMutation({
    mutationFn: async (wanted: boolean) => {
      await (wanted
        ? answer(api.PUT('/api/v1/partnerships/{partnershipId}/administrator-access', { params }))
        : answer(api.DELETE('/api/v1/partnerships/{partnershipId}/administrator-access', { params })))
    },
    // Pending until the list has been read again: what is shown as saved is what the server says.
    onSuccess: readAgain,
    onError: readAgain,
  })
}
