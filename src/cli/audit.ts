import { readFileSync } from 'node:fs'
import type { ManagementClient, ManagementSchemas } from '@assent/client'
import { ChainCheck, type Fault, type Head, signedBy } from '../domain/chain.ts'
import { answered, command, Failure, wholeNumber } from './command.ts'
import { table } from './show.ts'

const pageMax = 1000
const faultsShownMax = 50
const withheldShownMax = 20

const auditVerify = command({
  name: 'audit verify',
  summary: 'Recompute the record of acts, and say what was changed in it',
  options: { head: { type: 'string' } },
  help: {
    head: 'A file that `assent audit head` wrote, or a consent receipt: finds any change before it, also of a record that was rebuilt',
  },
  run: async ({ client, values }) => {
    const notes: string[] = []
    const present = answered(await client.GET('/api/v1/acts/head'))
    const { heads, publicKeys } = await keptHeads(client)
    const firstPage = answered(await client.GET('/api/v1/acts', { params: { query: { limit: pageMax } } }))
    const check = new ChainCheck(firstPage.whole)

    check.expect(present, 'the present head')
    if (!publicKeys.some((key) => signedBy(present, key)))
      check.faults.push({ seq: present.seq, what: 'is the present head, and its signature is wrong' })
    const strange = heads.filter((head) => !publicKeys.some((key) => signedBy(head, key)))
    for (const head of heads) check.expect(head, `the head signed at ${head.at}`)
    if (strange.length > 0)
      notes.push(
        `${strange.length} of ${heads.length} heads that were signed each hour are signed with another key than this server has.`,
      )
    if (values.head !== undefined) {
      const saved = headIn(values.head)
      check.expect(saved, `the head in ${values.head}`)
      if (!publicKeys.includes(saved.publicKey))
        notes.push(`The head in ${values.head} was signed with another key than this server has.`)
    }

    for await (const act of pagesFrom(client, firstPage)) check.add(act)
    check.finish()
    const { isVerified, note } = await heldAgainstServer(client, check)
    notes.push(...note)
    if (!firstPage.whole)
      notes.push('These are the acts of your company alone: whether one of them is missing, only the vendor can tell.')
    const { count, last } = check
    const faults = inOrder(check.faults)
    return {
      json: { acts: count, last, faults, notes },
      text: [...words(faults, check, heads.length), ...notes].join('\n'),
      failed: faults.length > 0 || !isVerified,
    }
  },
})

/** What is not shown to us the server recomputes itself, and tells which are wrong. */
async function heldAgainstServer(client: ManagementClient, check: ChainCheck): Promise<{ isVerified: boolean; note: string[] }> {
  const withheld = new Set(check.withheld)
  if (withheld.size === 0) return { isVerified: true, note: [] }
  const shown = check.withheld.slice(0, withheldShownMax).join(', ')
  const which = `${withheld.size}: act ${shown}${withheld.size > withheldShownMax ? ', …' : ''}`
  const answer = await client.GET('/api/v1/acts/verification')
  if (answer.response.status === 503) {
    const again = 'The server is recomputing the record for others: run this again in a minute.'
    return { isVerified: false, note: [`Acts of which a part is not shown to you (${which}) were not verified. ${again}`] }
  }
  const { faults, faultCount } = answered(answer)
  check.faults.push(...faults.filter(({ seq }) => withheld.has(seq)))
  return {
    isVerified: true,
    note: [
      `What a device or location was called, or what stands behind the server in a webhook's address, as acts of earlier versions say it (${which}), is not shown to you: the server recomputed these itself.`,
      ...(faultCount > faults.length ? [`It found more faults (${faultCount}) than it tells: some may be in those.`] : []),
    ],
  }
}

/** Each fault once, though we and the server found it, as the acts come. */
function inOrder(faults: Fault[]): Fault[] {
  const each = new Map(faults.map((fault) => [`${fault.seq} ${fault.what}`, fault]))
  return [...each.values()].sort((one, other) => one.seq - other.seq)
}

function words(faults: Fault[], { count, last }: ChainCheck, heads: number): string[] {
  if (faults.length === 0)
    return [
      `${count} acts up to act ${last.seq}, held against the heads that were signed each hour (${heads}): nothing was changed.`,
    ]
  const shown = faults.slice(0, faultsShownMax).map(({ seq, what }) => `Act ${seq} ${what}.`)
  const more = faults.length > faultsShownMax ? [`… and ${faults.length - faultsShownMax} more.`] : []
  return [`The record of acts was changed (${count} acts read):`, ...shown, ...more]
}

async function* pagesFrom(client: ManagementClient, first: { acts: ManagementSchemas['Act'][]; next?: number | undefined }) {
  yield* first.acts
  for (let after = first.next; after !== undefined; ) {
    const page = answered(await client.GET('/api/v1/acts', { params: { query: { after, limit: pageMax } } }))
    yield* page.acts
    after = page.next
  }
}

async function keptHeads(client: ManagementClient): Promise<{ heads: Head[]; publicKeys: string[] }> {
  const heads: Head[] = []
  for (let after = 0; ; ) {
    const page = answered(await client.GET('/api/v1/acts/heads', { params: { query: { after, limit: pageMax } } }))
    heads.push(...page.heads)
    if (page.next === undefined) return { heads, publicKeys: page.publicKeys }
    after = page.next
  }
}

/** A head that was saved, by itself or in a receipt. It must be whole and truly signed, or it says nothing about the record. */
function headIn(file: string): Head & { publicKey: string } {
  let head: Partial<Head & { publicKey: string }>
  try {
    const said = JSON.parse(readFileSync(file, 'utf8'))
    head = said.head ?? said
  } catch (error) {
    throw new Failure(
      `${file} cannot be read as a head of the record: ${(error as Error).message}. Give a file that \`assent audit head\` wrote.`,
    )
  }
  const { seq, digest, at, signature, publicKey } = head
  if (seq === undefined || !digest || !at || !signature || !publicKey || !signedBy({ seq, digest, at, signature }, publicKey)) {
    throw new Failure(
      `${file} holds no head of the record, or one whose signature is wrong. Give a file that \`assent audit head\` wrote, unchanged.`,
    )
  }
  return { seq, digest, at, signature, publicKey }
}

const auditHead = command({
  name: 'audit head',
  summary: 'The head of the record, signed: keep it elsewhere, for `audit verify --head`',
  run: async ({ client }) => {
    const head = answered(await client.GET('/api/v1/acts/head'))
    return { json: head, text: JSON.stringify(head, null, 2) }
  },
})

const auditList = command({
  name: 'audit list',
  summary: 'Who did what, when, from where',
  options: { after: { type: 'string', default: '0' }, limit: { type: 'string', default: '100' } },
  help: { after: 'Begin after the act of this number (default: 0)', limit: `How many at most, 1 to ${pageMax} (default: 100)` },
  run: async ({ client, values }) => {
    const query = {
      after: wholeNumber(values.after, 0, Number.MAX_SAFE_INTEGER, '--after'),
      limit: wholeNumber(values.limit, 1, pageMax, '--limit'),
    }
    const { acts } = answered(await client.GET('/api/v1/acts', { params: { query } }))
    const rows = acts.map((act) => {
      const { actor, subject } = JSON.parse(act.record) as { actor: { kind: string; id?: string }; subject: { id?: string } }
      return {
        ...act,
        actor: [actor.kind, actor.id].filter(Boolean).join(' '),
        subject: subject.id,
        personal: act.personal?.data,
      }
    })
    return { json: acts, text: table(rows, ['seq', 'at', 'verb', 'subject', 'actor', 'personal'], 'There are no acts.') }
  },
})

export const auditCommands = [auditVerify, auditHead, auditList]
