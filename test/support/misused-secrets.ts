export function bearer(credential: string): Record<string, string> {
  return { authorization: `Bearer ${credential}` }
}

/** Sends secrets where they do not belong, as people and programs do by mistake: what is refused is not written down either. */
export async function misuseSecrets(
  ask: (method: string, path: string, headers: Record<string, string>, body?: object | string) => Promise<unknown>,
  { accessToken, gatewayToken, password }: { accessToken: string; gatewayToken: string; password: string },
): Promise<void> {
  for (const credential of [accessToken, gatewayToken, `${gatewayToken.slice(0, -1)}~`]) {
    for (const path of ['/rest/v1/organizations', '/api/v1/keys', '/ingest/v1/gateway']) {
      await ask('GET', path, bearer(credential))
      await ask('GET', `${path}?token=${credential}`, {})
      await ask('GET', path, { authorization: credential })
      await ask('GET', path, { authorization: `Basic ${credential}` })
    }
    await ask('POST', '/api/v1/setup/look-up', {}, { token: credential })
    await ask('POST', '/api/v1/setup', {}, { token: credential, name: '', password: 'short' })
  }
  await ask('POST', '/api/v1/session', {}, { email: 'partner@example.com', password: `${password} ` })
  await ask('POST', '/api/v1/session', {}, { email: password, password })
  await ask('POST', '/api/v1/session', {}, { email: 'partner@example.com', password: [password] })
  await ask('POST', '/api/v1/session', {}, `{"email": "partner@example.com", "password": "${password}`)
  await ask('POST', '/api/v1/session', { 'content-type': 'text/plain' }, password)
  await ask('POST', `/api/v1/session?password=${password}`, {}, { password: password.repeat(100) })
  await ask('POST', '/ingest/v1/batches', bearer(gatewayToken), `{"batchId": "${accessToken}`)
}
