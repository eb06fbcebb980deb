import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { verificationQuery } from '../../activity.ts'
import { type ActVerification, problemText } from '../../client.ts'
import { activityTexts } from '../../texts/activity.ts'
import { portalTexts } from '../../texts/portal.ts'
import { CopyIconButton } from '../../ui/copy.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Failed } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { exactTime } from '../../ui/times.ts'
import styles from './activity.module.css'

const texts = activityTexts.verify

/** The verifier's result, when it is asked for. */
export function Verification() {
  const verification = useQuery(verificationQuery)
  return (
    <div className={styles.verification}>
      <Section title={texts.title} lead={texts.lead}>
        <Button variant="default" onClick={() => void verification.refetch()} loading={verification.isFetching}>
          {verification.data ? texts.again : texts.button}
        </Button>
        <div role="status">{verification.data && <Result found={verification.data} />}</div>
        {verification.isError && !verification.isFetching && <Failed {...problemText(verification.error)} />}
      </Section>
    </div>
  )
}

function Result({ found }: { found: ActVerification }) {
  const { acts, heads, faults, faultCount, whole, strangeHeads, head, lastSigned } = found
  return (
    <div className={styles.verified}>
      <p>
        <State mood={faultCount === 0 ? 'good' : 'bad'}>{faultCount === 0 ? texts.good : texts.bad}</State>
      </p>
      <p>{texts.read(acts, heads)}</p>
      {faults.length > 0 && (
        <ul className={styles.faults}>
          {faults.map(({ seq, what }) => (
            <li key={`${seq} ${what}`}>{texts.fault(seq, what)}</li>
          ))}
        </ul>
      )}
      {faultCount > faults.length && <p>{texts.more(faultCount - faults.length)}</p>}
      {strangeHeads > 0 && <p>{texts.strange(strangeHeads)}</p>}
      {!whole && <p>{texts.part}</p>}
      <Facts
        facts={{
          [texts.lastSigned]: lastSigned && `${texts.headOf(lastSigned.seq)}, ${exactTime(lastSigned.at)}`,
          [texts.head]: `${texts.headOf(head.seq)}, ${exactTime(head.at)}`,
          [texts.digest]: <span className={styles.digest}>{head.digest}</span>,
          [texts.signature]: (
            <span className={styles.digest}>
              {head.signature} <CopyIconButton text={JSON.stringify(head, null, 2)} label={texts.copyHead} texts={portalTexts} />
            </span>
          ),
        }}
      />
      <p>{texts.keep}</p>
    </div>
  )
}
