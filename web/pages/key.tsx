import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { type Key, problemText } from '../client.ts'
import { keyQuery } from '../keys.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { narrowKeyTexts, networksTexts, rotateKeyTexts } from '../texts/key-changes.ts'
import { keyKindTexts, keysTexts, keyTexts as texts } from '../texts/keys.ts'
import { portalTexts } from '../texts/portal.ts'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { dateOf } from '../ui/times.ts'
import { DeleteKey } from './api/delete-key.tsx'
import { EnableKey } from './api/enable-key.tsx'
import { KeyCoverage } from './api/key-coverage.tsx'
import { keyState } from './api/key-state.ts'
import { RenameKey } from './api/rename-key.tsx'
import { Usage } from './api/usage.tsx'
import styles from './key.module.css'

const NarrowKey = lazy(async () => ({ default: (await import('./api/narrow-key.tsx')).NarrowKey }))
const RotateKey = lazy(async () => ({ default: (await import('./api/rotate-key.tsx')).RotateKey }))

const route = getRouteApi('/signed-in/own/administration/api/$keyId')

/** One key: its settings, what it covers and why not the rest. */
export function KeyPage() {
  const { keyId } = route.useParams()
  const key = useQuery(keyQuery(keyId))
  return (
    <Page
      title={key.data?.name ?? texts.title}
      up={<TextLink to={paths.keys}>{texts.up}</TextLink>}
      action={key.data && <Actions keyShown={key.data} />}
    >
      <Loaded query={key} problemText={problemText}>
        {(data) => (
          <>
            {data.reportedAt && <p role="alert">{texts.reportedText(dateOf(data.reportedAt))}</p>}
            <Section title={texts.settings} framed>
              <KeyFacts keyShown={data} />
            </Section>
            <Usage keyId={data.id} />
            <KeyCoverage keyShown={data} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Actions({ keyShown }: { keyShown: Key }) {
  const navigate = useNavigate()
  const [doing, setDoing] = useState<'narrow' | 'rotate'>()
  const done = () => setDoing(undefined)
  if (!useMayChange()) {
    return null
  }
  return (
    <div className={styles.actions}>
      <RenameKey keyToRename={keyShown} />
      <Button variant="default" onClick={() => setDoing('narrow')}>
        {narrowKeyTexts.action}
      </Button>
      {keyShown.valid && !keyShown.replacedBy && (
        <Button variant="default" onClick={() => setDoing('rotate')}>
          {rotateKeyTexts.action}
        </Button>
      )}
      {!keyShown.reportedAt && <EnableKey keyToEnable={keyShown} />}
      <DeleteKey keyToDelete={keyShown} prominent onDeleted={() => void navigate({ to: paths.keys })} />
      <Suspense>
        {doing === 'narrow' && <NarrowKey narrowed={keyShown} onClose={done} />}
        {doing === 'rotate' && <RotateKey rotated={keyShown} onClose={done} />}
      </Suspense>
    </div>
  )
}

function KeyFacts({ keyShown: key }: { keyShown: Key }) {
  return (
    <Facts
      facts={{
        [texts.facts.state]: <State {...keyState(key)} />,
        [texts.facts.kind]: keyKindTexts[key.kind].word,
        [texts.facts.covers]: keysTexts.covers(key),
        [texts.facts.key]: <code>{key.prefix}…</code>,
        [texts.facts.created]: (
          <>
            <Day at={key.createdAt} /> {key.createdBy && keysTexts.createdBy(key.createdBy)}
          </>
        ),
        [texts.facts.expires]: key.expiresAt ? <Ago at={key.expiresAt} /> : portalTexts.never,
        [texts.facts.networks]: key.networks ? key.networks.join(', ') : networksTexts.anywhere,
        [rotateKeyTexts.replaces]: key.replaces && <KeyLink {...key.replaces} />,
        [rotateKeyTexts.replacedBy]: key.replacedBy && <KeyLink {...key.replacedBy} />,
        [texts.facts.used]: key.lastUsedAt ? (
          <>
            <Ago at={key.lastUsedAt} /> {key.lastUsedAddress && keysTexts.from(key.lastUsedAddress)}
          </>
        ) : (
          keysTexts.neverUsed
        ),
        [texts.facts.limits]: key.limits && texts.limits(key.limits),
      }}
    />
  )
}

/** Another key, told from one of the same name by its id. */
function KeyLink({ id, name }: { id: string; name: string }) {
  return (
    <TextLink to={paths.key} params={{ keyId: id }}>
      {name} ({id})
    </TextLink>
  )
}
