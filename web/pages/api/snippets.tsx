import { useState } from 'react'
import { snippetTexts as texts } from '../../texts/key-changes.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Choice } from '../../ui/choice.tsx'
import { Snippet } from '../../ui/shown-once.tsx'
import styles from './snippets.module.css'

const languages = ['curl', 'typescript', 'python'] as const

/** A first program for a new key, which works as it stands: it names the organizations that the key reads. */
export function Snippets({ secret }: { secret: string }) {
  const [language, setLanguage] = useState<(typeof languages)[number]>('curl')
  return (
    <div className={styles.snippets}>
      <Choice
        label={texts.language}
        options={languages.map((value) => ({ value, label: texts[value] }))}
        value={language}
        onChange={setLanguage}
      />
      <Snippet
        label={texts.labels[language]}
        text={programs[language](`${window.location.origin}/rest/v1/organizations`, secret)}
        texts={portalTexts}
      />
    </div>
  )
}

const programs = {
  curl: (url: string, secret: string) => `curl -H 'Authorization: Bearer ${secret}' \\\n  ${url}`,
  typescript: (url: string, secret: string) => `const answer = await fetch('${url}', {
  headers: { authorization: 'Bearer ${secret}' },
})
if (!answer.ok) throw new Error(await answer.text())
const { organizations } = (await answer.json()) as { organizations: { id: string; label: string }[] }
for (const { id, label } of organizations) console.log(id, label)`,
  python: (url: string, secret: string) => `import json
import urllib.request

url = "${url}"
headers = {"Authorization": "Bearer ${secret}"}
with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
    for organization in json.load(answer)["organizations"]:
        print(organization["id"], organization["label"])`,
}
