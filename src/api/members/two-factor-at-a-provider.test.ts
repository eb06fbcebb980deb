import { expect, test } from 'vitest'
import { mailsTo } from '../../../test/support/mailed.ts'
import { startManaged } from '../../../test/support/management.ts'
import { startProvider } from '../../../test/support/sign-in-provider.ts'
import { signInScene } from '../../../test/support/sign-in-scene.ts'

test('who has two factors by the company’s provider is told of none to set up where they become required; the exempt administrator is', async () => {
  const managed = await startManaged({ flags: ['--inside-addresses', '127.0.0.1'] })
  const provider = await startProvider(`${managed.server.url}/sign-in/return`)
  try {
    const company = await managed.staffed('customer', 'North Bakery')
    const { email } = await managed.addMember(company.id, 'viewer')
    const { members } = (await company.ask('GET', '/members')).body
    const exemptMemberId = members.find((member: { email: string }) => member.email === company.email).id
    const settings = signInScene(managed, provider).settings({ countsAsTwoFactors: true, required: true, exemptMemberId })
    expect((await company.ask('PUT', '/sign-in-provider', settings)).status).toBe(200)
    expect((await company.ask('PATCH', '/sign-in-settings', { requiresTwoFactor: true })).status).toBe(200)
    const told = async (address: string) =>
      (await mailsTo(managed.server, address)).filter(({ message }) => message === 'two-factor-required').length
    expect(await Promise.all([told(email), told(company.email)])).toEqual([0, 1])
  } finally {
    await provider.close()
    await managed.close()
  }
})
