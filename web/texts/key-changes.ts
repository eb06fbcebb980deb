/** Networks of a key. */
export const networksTexts = {
  label: 'Allowed networks',
  hint: 'One a line, such as 192.0.2.0/24 or 2001:db8::/32. Empty: the key is accepted from anywhere.',
  narrowHint: 'One a line, each within a network that is allowed now.',
  wrong: (line: string) => `“${line}” is not a network. Write 192.0.2.0/24, 198.51.100.7 or 2001:db8::/32, one a line.`,
  anywhere: 'From anywhere',
}

/** Fewer rights for a key. */
export const narrowKeyTexts = {
  action: 'Narrow',
  title: (name: string) => `Narrow the key “${name}”`,
  lead: 'It keeps working, with less. This cannot be taken back: for more, generate a new key.',
  some: 'Only some customers',
  someHint: 'It becomes a Specific Customers key. Customers that are connected later are not read.',
  keep: 'As it is',
  submit: 'Narrow key',
  nothing: 'Choose what to take from the key.',
  done: 'The key is narrowed.',
}

/** A key in another one's place. */
export const rotateKeyTexts = {
  action: 'Rotate',
  title: (name: string) => `Replace the key “${name}”`,
  lead: 'Makes a new key with the same name, customers, networks and expiry. The old one goes on for the overlap, so that programs can change over.',
  overlap: 'The old key is accepted for',
  days: (days: number) => (days === 0 ? 'No longer: refused at once' : `${days} more ${days === 1 ? 'day' : 'days'}`),
  end: (date: string) => `It never goes past its own end, ${date}.`,
  submit: 'Make new key',
  replacedBy: 'Replaced by',
  replaces: 'Replaces',
}

/** Programs that show what a new key reads. */
export const snippetTexts = {
  language: 'Language',
  curl: 'curl',
  typescript: 'TypeScript',
  python: 'Python',
  labels: {
    curl: 'Try it in a terminal',
    typescript: 'Save as organizations.mts, and run: node organizations.mts',
    python: 'Save as organizations.py, and run: python3 organizations.py',
  },
}

/** Where strangers report a key. */
export const reportKeyTexts = {
  title: 'Report a key',
  lead: 'You found an API key, in public code or elsewhere? Give it here whole, and it is refused from then on. Whoever it belongs to is told that it was found.',
  key: 'The key',
  hint: 'It begins with ak_live_ or ak_demo_.',
  missing: 'Paste the key as you found it.',
  submit: 'Report key',
  done: {
    title: 'Thank you',
    text: 'If this is a key of ours, it is refused now, and its owner is told by mail. We say the same whatever was sent.',
  },
}
