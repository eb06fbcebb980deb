import { Checkbox } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { type Partner, problemText } from '../../client.ts'
import { consentIdOf } from '../../partners.ts'
import { useMayChange } from '../../session.ts'
import { consentTexts, limitsTexts } from '../../texts/consent.ts'
import { kindsInWords } from '../../texts/kinds.ts'
import { portalTexts } from '../../texts/portal.ts'
import { partnerTexts as texts } from '../../texts/subscriptions.ts'
import { Confirm, FormProblem } from '../../ui/dialog.tsx'
import { Ago, Day } from '../../ui/time.tsx'
import { dateOf } from '../../ui/times.ts'
import { ConsentOptions } from './consent-options.tsx'
import { type Limits, limitsMistakes, limitsOf, sameLimits } from './limits.ts'
import styles from './partner-section.module.css'
import { useSaveConsent } from './save-consent.ts'

/** The consent: checking saves at once, with the options; unchecking asks first. A failure is said, and undone in sight. */
export function ConsentField({ partner, paused }: { partner: Partner; paused: boolean }) {
  const [asking, setAsking] = useState(false)
  const statusId = useId()
  const id = consentIdOf(partner)
  const box = useFocusAtLink(id)
  const mayChange = useMayChange()
  const options = useOptions(partner)
  const save = useSaveConsent(partner, () => {
    setAsking(false)
    options.reset()
  })
  const allowed = partner.consent !== undefined
  const wanted = save.variables?.wanted
  const shown = save.isPending && wanted !== 'limits' ? wanted === 'allow' : allowed && !asking

  const change = (allow: boolean) => {
    if (!mayChange || save.isPending) {
      return
    }
    save.reset()
    if (!allow) {
      setAsking(true)
    } else if (options.areRight()) {
      save.mutate({ wanted: 'allow', limits: options.edited })
    }
  }
  const saveOptions = () => {
    save.reset()
    if (options.areRight()) {
      save.mutate({ wanted: 'limits', limits: options.edited })
    }
  }
  const keep = () => {
    save.reset()
    setAsking(false)
  }
  const problem = save.error && !asking ? <FormProblem problem={notSaved(save.error)} /> : null

  return (
    <div id={id} className={styles.consent}>
      <Checkbox
        ref={box}
        label={consentTexts.label}
        checked={shown}
        onChange={(event) => change(event.currentTarget.checked)}
        disabled={!mayChange}
        aria-describedby={statusId}
        classNames={{ label: styles.label ?? '' }}
      />
      <div id={statusId} role="status" className={styles.status}>
        {save.isPending ? texts.saving : save.isSuccess && <>{savedText(wanted)} </>}
        {!save.isPending && <Standing partner={partner} paused={paused} />}
        {!mayChange && <div>{portalTexts.onlyAdministrators}</div>}
      </div>
      {wanted !== 'limits' && problem && <div className={styles.problem}>{problem}</div>}
      {mayChange && (
        <ConsentOptions
          {...options.form}
          onSave={allowed ? saveOptions : undefined}
          pending={save.isPending && wanted === 'limits'}
        >
          {wanted === 'limits' && problem}
        </ConsentOptions>
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
        onConfirm={() => save.mutate({ wanted: 'withdraw' })}
      >
        <p>{texts.withdrawDoes(partner.name)}</p>
        <p>{texts.withdrawCannot}</p>
      </Confirm>
    </div>
  )
}

/** Takes whoever came by a link to this place to the box, once it and the page's heading are there. */
function useFocusAtLink(id: string) {
  const box = useRef<HTMLInputElement>(null)
  const hash = useLocation({ select: (location) => location.hash })
  useEffect(() => {
    if (hash !== id) return
    const later = setTimeout(() => {
      box.current?.scrollIntoView({ block: 'center' })
      box.current?.focus({ preventScroll: true })
    })
    return () => clearTimeout(later)
  }, [hash, id])
  return box
}

/** The options: those of the consent that stands, until the person changes them. */
function useOptions({ consent }: Partner) {
  const [edited, setEdited] = useState<Limits>()
  const [checked, setChecked] = useState(false)
  const [opened, setOpened] = useState(false)
  const standing = limitsOf(consent)
  const limits = edited ?? standing
  return {
    edited,
    /** Whether nothing is wrong with them; what is, is shown. */
    areRight: () => {
      const right = Object.keys(limitsMistakes(limits)).length === 0
      setChecked(!right)
      setOpened(opened || !right)
      return right
    },
    reset: () => {
      setEdited(undefined)
      setChecked(false)
    },
    form: { limits, onChange: setEdited, checked, changed: !sameLimits(limits, standing), opened, onToggle: setOpened },
  }
}

function savedText(wanted: 'allow' | 'limits' | 'withdraw' | undefined): string {
  return wanted === 'limits' ? limitsTexts.saved : texts.saved(wanted === 'allow')
}

function Standing({ partner: { name, consent, consentAskedAt }, paused }: { partner: Partner; paused: boolean }) {
  if (!consent) {
    return (
      <>
        {texts.notAllowed(name)}
        {consentAskedAt && <div>{texts.asked(name, dateOf(consentAskedAt))}</div>}
      </>
    )
  }
  const { inventory, alarms, sensors } = consent.kinds
  return (
    <>
      {texts.since} <Day at={consent.givenAt} /> {consent.givenBy && texts.by(consent.givenBy)}
      {!(inventory && alarms && sensors) && <div>{texts.only(kindsInWords(consent.kinds))}</div>}
      {consent.endsAt && (
        <div>
          {texts.until} <Day at={consent.endsAt} /> (<Ago at={consent.endsAt} />)
        </div>
      )}
      {paused && <div>{texts.paused}</div>}
    </>
  )
}

function notSaved(error: Error) {
  const { title, detail } = problemText(error)
  return { title: `${texts.failedToSave}: ${title}`, detail }
}
