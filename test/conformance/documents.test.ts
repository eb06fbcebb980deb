import { describe, expect, test } from 'vitest'
import { operationsOf } from '../support/contract.ts'
import { deviceDataDocument, type OpenApiDocument } from '../support/device-data-document.ts'
import { call } from './client.ts'
import { operations } from './operations.ts'
import { world } from './world.ts'

describe('/rest/openapi.json (contract, section 1)', { timeout: 60_000 }, () => {
  test('is an OpenAPI 3.0 document that needs no key', async () => {
    const reply = await call('/rest/openapi.json')
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toMatch(/^application\/(vnd\.oai\.openapi\+)?json/)
    expect(JSON.parse(reply.text)).toMatchObject({ openapi: expect.stringMatching(/^3\.0\.\d$/) })
  })

  test('has the operations of the contract', async () => {
    const served = JSON.parse((await call('/rest/openapi.json')).text) as OpenApiDocument
    expect(operationsOf(served)).toEqual(expect.arrayContaining(operations))
  })

  test('has the schemas of the contract, from which programs make classes', async () => {
    const served = JSON.parse((await call('/rest/openapi.json')).text) as OpenApiDocument
    expect(served.components.schemas).toEqual(deviceDataDocument().components.schemas)
  })

  test('sends programs to this server', async () => {
    const served = JSON.parse((await call('/rest/openapi.json')).text) as OpenApiDocument
    const [server] = served.servers ?? []
    expect(new URL(server?.url ?? '', `${world.url}/`).href).toBe(new URL('/rest/v1', world.url).href)
  })
})

describe('the documentation page (contract, section 1)', { timeout: 60_000 }, () => {
  const origin = new URL(world.url).origin
  const references = async () => {
    const { text } = await call('/rest/')
    const attributes = [...text.matchAll(/\s(?:src|href|action|data|poster|srcset)\s*=\s*["']?([^"'\s>]+)/gi)]
    const styles = [...text.matchAll(/(?:url\(|@import)\s*["']?([^"')\s]+)/gi)]
    return [...attributes, ...styles].map(([, reference = '']) => new URL(reference.replaceAll('&amp;', '&'), `${origin}/rest/`))
  }

  test('is at /rest/, without a key', async () => {
    const reply = await call('/rest/')
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toMatch(/^text\/html/)
    expect((await call('/rest/')).text).toContain('openapi.json')
  })

  test('refers to nothing outside this server', async () => {
    const found = await references()
    expect(found).not.toEqual([])
    expect(found.filter((url) => url.origin !== origin && url.protocol !== 'data:').map(String)).toEqual([])
  })

  test('forbids the browser to load anything from elsewhere', async () => {
    const policy = String((await call('/rest/')).headers['content-security-policy'])
    expect(policy).toMatch(/default-src 'self'|default-src 'none'/)
    const elsewhere = policy.split(/[;\s]+/).filter((word) => /^(https?:|wss?:|\*|\S+\.\S+)/.test(word))
    expect(elsewhere).toEqual([])
  })

  test('finds on this server all that it refers to', async () => {
    for (const url of (await references()).filter(({ protocol }) => protocol !== 'data:')) {
      expect([url.pathname, (await call(`${url.pathname}${url.search}`)).status]).toEqual([url.pathname, 200])
    }
  })
})
