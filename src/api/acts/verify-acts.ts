import type { Context } from '../../context.ts'
import { type ActHead, publicHeadKey, signHead } from '../../domain/act.ts'
import { type ActVerification, actVerification } from '../../domain/activity.ts'
import { ChainCheck, signedBy } from '../../domain/chain.ts'
import { managementOperation } from '../../http/management.ts'
import { problem } from '../../http/problem.ts'
import { presentHead, recordedActsAfter, signedHeadsAfter } from '../../store/acts.ts'
import { access } from '../access.ts'

const actsAtOnce = 1000
const faultsShownMax = 50
/** Of all companies at once: each reads the whole record. */
const verificationsMax = 2

/** Those under way, by whose acts are verified: whoever asks meanwhile gets the same answer. */
const underWay = new WeakMap<Context, Map<string, Promise<ActVerification>>>()

export const verifyActs = managementOperation({
  operationId: 'verifyActs',
  method: 'GET',
  path: '/acts/verification',
  tag: 'acts',
  summary: 'Recompute the record of acts, and say what was changed in it',
  description:
    'What `assent audit verify` does, done by the server itself. Whoever does not trust the server uses that, with a head that was kept elsewhere.',
  access: access.verifyActs,
  answer: { status: 200, schema: actVerification },
  problems: ['unavailable'],
  handle: async ({ context, caller }) => {
    const company = caller.company.kind === 'vendor' ? null : caller.company.id
    const running = underWay.get(context) ?? new Map<string, Promise<ActVerification>>()
    underWay.set(context, running)
    const same = running.get(company ?? '')
    if (same !== undefined) return same
    if (running.size >= verificationsMax) throw problem('unavailable', { headers: { 'retry-after': '5' } })
    const verification = verified(context, company).finally(() => running.delete(company ?? ''))
    running.set(company ?? '', verification)
    return verification
  },
})

async function verified({ db, clock, secrets }: Context, company: string | null): Promise<ActVerification> {
  const head = signHead(await presentHead(db.request), clock.now(), secrets.current)
  const heads: Omit<ActHead, 'publicKey'>[] = []
  for (let after = 0; ; ) {
    const page = await signedHeadsAfter(db.request, after, actsAtOnce)
    heads.push(...page)
    if (page.length < actsAtOnce) break
    after = page.at(-1)?.seq as number
  }
  const check = new ChainCheck(company === null)
  check.expect(head, 'the present head')
  for (const one of heads) check.expect(one, `the head signed at ${one.at}`)
  // Acts that are done meanwhile lie behind the head.
  while (check.last.seq < head.seq) {
    const acts = await recordedActsAfter(db.system, company, check.last.seq, actsAtOnce)
    for (const act of acts) if (act.seq <= head.seq) check.add(act)
    if (acts.length < actsAtOnce) break
  }
  check.finish()
  const publicKeys = [...secrets.all.values()].map(publicHeadKey)
  const lastSigned = heads.at(-1)
  return {
    acts: check.count,
    whole: company === null,
    faults: check.faults.slice(0, faultsShownMax),
    faultCount: check.faults.length,
    heads: heads.length,
    strangeHeads: heads.filter((one) => !publicKeys.some((key) => signedBy(one, key))).length,
    head,
    ...(lastSigned ? { lastSigned } : {}),
  }
}
