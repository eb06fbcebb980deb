import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type Key, problemText } from '../client.ts'
import { keyQuery } from '../keys.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { keyKindTexts, keysTexts, keyTexts as texts } from '../texts/keys.ts'
import { portalTexts } from '../texts/portal.ts'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { DeleteKey } from './api/delete-key.tsx'
import { EnableKey } from './api/enable-key.tsx'
import { KeyCoverage } from './api/key-coverage.tsx'
import { keyState } from './api/key-state.ts'
import { RenameKey } from './api/rename-key.tsx'
import styles from './key.module.css'

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
            <Section title={texts.settings} framed>
              <KeyFacts keyShown={data} />
            </Section>
            <KeyCoverage keyShown={data} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Actions({ keyShown }: { keyShown: Key }) {
  const navigate = useNavigate()
  if (!useMayChange()) {
    return null
  }
  return (
    <div className={styles.actions}>
      <RenameKey keyToRename={keyShown} />
      <EnableKey keyToEnable={keyShown} />
      <DeleteKey keyToDelete={keyShown} prominent onDeleted={() => void navigate({ to: paths.keys })} />
    </div>
  )
}

function KeyFacts({ keyShown: key }: { keyShown: Key }) {
  return (
    <Facts
      facts={{
        [texts.facts.state]: <State {...keyState(key)} />,
        [texts.facts.kind]: keyKindTexts[key.kind].word,
        [texts.facts.covers]: keysTexts.covers(key.kind, key.covered),
        [texts.facts.key]: <code>{key.prefix}…</code>,
        [texts.facts.created]: (
          <>
            <Day at={key.createdAt} /> {key.createdBy && keysTexts.createdBy(key.createdBy)}
          </>
        ),
        [texts.facts.expires]: key.expiresAt ? <Ago at={key.expiresAt} /> : portalTexts.never,
        [texts.facts.used]: key.lastUsedAt ? (
          <>
            <Ago at={key.lastUsedAt} /> {key.lastUsedAddress && keysTexts.from(key.lastUsedAddress)}
          </>
        ) : (
          keysTexts.neverUsed
        ),
      }}
    />
  )
}
