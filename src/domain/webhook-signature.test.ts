import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { newSigningSecret, signatureHeaders, signerOf } from './webhook-signature.ts'

test("signs as the specification's published example has it", () => {
  const headers = signatureHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1614265330_000), '{"test": 2432232314}', [
    signerOf('v1', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
  ])
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test("signs by Ed25519 exactly as the specification's example has it, whose keys its reference server publishes", () => {
  const secret = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='
  const headers = signatureHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1614265330_000), '{"test": 2432232314}', [
    signerOf('v1a', secret),
  ])
  expect(headers['webhook-signature']).toBe(
    'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
  )
  const seed = Buffer.from(secret.slice('whsk_'.length), 'base64').subarray(0, 32)
  const made = newSigningSecret('v1a', { randomBytes: () => seed })
  expect(made).toEqual({ secret, publicKey: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=' })
})

test('an asymmetric signature is verified by the public key alone, and former secrets sign beside new ones', () => {
  const source = { randomBytes: (size: number) => Buffer.alloc(size, 7) }
  const { secret, publicKey = '' } = newSigningSecret('v1a', source)
  const former = newSigningSecret('v1', source).secret
  const headers = signatureHeaders('msg_1', new Date(1_700_000_000_999), '{}', [signerOf('v1a', secret), signerOf('v1', former)])
  const [asymmetric = '', symmetric = ''] = (headers['webhook-signature'] as string).split(' ')
  expect([publicKey.slice(0, 5), symmetric.slice(0, 3)]).toEqual(['whpk_', 'v1,'])
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey.slice(5), 'base64')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const signature = Buffer.from(asymmetric.slice('v1a,'.length), 'base64')
  expect(verify(null, Buffer.from('msg_1.1700000000.{}'), key, signature)).toBe(true)
  expect(verify(null, Buffer.from('msg_1.1700000000.{ }'), key, signature)).toBe(false)
})
