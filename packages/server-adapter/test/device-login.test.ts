import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTokenBucket } from '../src/index'
import { createWorld, type Person } from './support/create-world'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

const createLogins = async (options: Parameters<typeof createWorld>[0] = {}) => {
  const world = createWorld({
    rateLimits: { codeEntries: createTokenBucket({ burst: 100, perSecond: 1 }) },
    ...options,
  })
  const { account } = await world.openAccount()
  const form = (path: string, fields: Readonly<Record<string, string>>) =>
    world.send(null, `POST /oauth/${path}`, {
      raw: new URLSearchParams(fields),
      // As a command line sends it: nothing says where it comes from.
      headers: { 'x-requested-with': '', 'content-type': 'application/x-www-form-urlencoded' },
    })
  const start = async (fields: Readonly<Record<string, string>> = {}) =>
    (await form('device', { client_id: 'souk-cli', ...fields })).body
  const poll = (deviceCode: string) =>
    form('token', { grant_type: GRANT, client_id: 'souk-cli', device_code: deviceCode })
  const decide = (who: Person, how: 'approve' | 'deny', userCode: string, developerAccountId = account.id) =>
    world.send(who, `POST /developer/device-logins/${how}`, {
      body: { userCode, ...(how === 'approve' ? { developerAccountId } : {}) },
    })
  const wait = (seconds: number) => void vi.advanceTimersByTime(seconds * 1000)
  return { ...world, account, form, start, poll, decide, wait }
}

test('a command line asks, a person approves, and the key works until it is given up', async () => {
  const { must, send, start, poll, decide, wait, form, account } = await createLogins()
  const code = await start({ scope: 'read deploy', name: 'laptop' })
  expect(code).toEqual({
    device_code: expect.stringMatching(/^[\w-]{43}$/),
    user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
    verification_uri: 'http://product.test/apps/device',
    verification_uri_complete: `http://product.test/apps/device?code=${code.user_code}`,
    expires_in: 600,
    interval: 5,
  })
  const pending = await poll(code.device_code)
  expect(pending).toMatchObject({
    status: 400,
    body: { error: 'authorization_pending', code: 'DEVICE_AUTHORIZATION_PENDING' },
  })
  expect(pending.headers.get('content-type')).toBe('application/json')

  const typed = ` ${code.user_code.toLowerCase().replace('-', ' ')} `
  expect(await must(200, 'dev', 'POST /developer/device-logins/read', { body: { userCode: typed } })).toMatchObject({
    name: 'laptop',
    scopes: ['read', 'deploy'],
    status: 'pending',
    keyDays: 90,
  })
  expect(await decide('dev', 'approve', typed)).toMatchObject({ status: 200, body: { status: 'approved' } })
  wait(5)
  const { body } = await poll(code.device_code)
  expect(body).toEqual({
    access_token: expect.stringMatching(/^souk_/),
    token_type: 'Bearer',
    expires_in: 90 * 86_400,
    scope: 'read deploy',
  })
  const key = body.access_token
  expect((await must(200, null, 'GET /developer/accounts', { key })).items).toMatchObject([{ id: account.id }])
  const [mine] = (await must(200, 'dev', 'GET /developer/keys')).items.slice(-1)
  expect(mine).toMatchObject({ name: 'laptop', scopes: ['read', 'deploy'], userId: 'dev', revokedAt: null })
  expect(new Date(mine.expiresAt).getTime() - new Date(mine.createdAt).getTime()).toBe(90 * 86_400_000)

  // Once, and then never again.
  wait(10)
  expect((await poll(code.device_code)).body.error).toBe('invalid_grant')

  expect(await form('revoke', { token: key })).toMatchObject({ status: 200, body: {} })
  expect((await send(null, 'GET /developer/accounts', { key })).status).toBe(401)
  expect((await form('revoke', { token: key })).status).toBe(200)
  expect((await form('revoke', { token: 'nonsense' })).status).toBe(200)
})

test('a key does what its scopes say, and nothing after its time', async () => {
  const { send, start, poll, decide, wait, account } = await createLogins()
  const login = async (scope: string) => {
    const code = await start({ scope })
    await decide('dev', 'approve', code.user_code)
    return (await poll(code.device_code)).body.access_token
  }
  const [reader, deployer] = [await login('read'), await login('deploy')]
  const body = { developerAccountId: account.id, slug: 'other', title: 'Other' }
  expect((await send(null, 'GET /developer/apps/order-lookup', { key: reader })).status).toBe(200)
  expect((await send(null, 'POST /developer/apps', { key: reader, body })).status).toBe(403)
  expect((await send(null, 'POST /developer/apps', { key: deployer, body })).status).toBe(201)
  expect((await send(null, 'GET /developer/apps/order-lookup', { key: deployer })).status).toBe(403)
  wait(90 * 86_400)
  expect((await send(null, 'GET /developer/apps/order-lookup', { key: reader })).status).toBe(401)
})

test('who polls too fast is told to slow down, and no approval hurries it', async () => {
  const { start, poll, decide, wait } = await createLogins()
  const { device_code, user_code } = await start()
  const errors = []
  for (const seconds of [0, 1, 1]) {
    wait(seconds)
    errors.push((await poll(device_code)).body)
  }
  expect(errors.map(({ error }) => error)).toEqual(['authorization_pending', 'slow_down', 'slow_down'])
  expect(errors.map(({ retryAfterSeconds }) => retryAfterSeconds)).toEqual([5, 10, 15])
  await decide('dev', 'approve', user_code)
  wait(14)
  expect((await poll(device_code)).body.error).toBe('slow_down')
  wait(20)
  expect((await poll(device_code)).body.access_token).toMatch(/^souk_/)
})

test('a login that is denied, late or of somebody who left gives nothing', async () => {
  const { start, poll, decide, wait, must, account } = await createLogins()
  const denied = await start()
  await decide('eve', 'deny', denied.user_code)
  expect((await poll(denied.device_code)).body.error).toBe('access_denied')
  expect((await decide('dev', 'approve', denied.user_code)).status).toBe(404)

  const late = await start()
  wait(600)
  expect((await decide('dev', 'approve', late.user_code)).status).toBe(404)
  expect((await poll(late.device_code)).body.error).toBe('expired_token')

  const { token } = await must(201, 'dev', `POST /developer/accounts/${account.id}/invitations`, {
    body: { userId: 'eve', role: 'member' },
  })
  await must(200, 'eve', 'POST /developer/invitations/accept', { body: { token } })
  const left = await start()
  expect((await decide('eve', 'approve', left.user_code)).status).toBe(200)
  await must(200, 'eve', `POST /developer/accounts/${account.id}/leave`, { body: {} })
  expect((await poll(left.device_code)).body.error).toBe('access_denied')
})

test('nobody approves for an account that is not theirs, and a key approves nothing', async () => {
  const { start, poll, decide, send, must, account } = await createLogins()
  const { user_code, device_code } = await start()
  expect((await decide('eve', 'approve', user_code)).status).toBe(404)
  const { key } = await must(201, 'dev', `POST /developer/accounts/${account.id}/api-keys`, { body: { name: 'x' } })
  const body = { userCode: user_code, developerAccountId: account.id }
  expect((await send(null, 'POST /developer/device-logins/approve', { body, key })).status).toBe(403)
  expect((await send(null, 'POST /developer/device-logins/approve', { body })).status).toBe(401)
  expect((await send(null, 'GET /developer/keys', { key })).status).toBe(403)
  expect((await poll(device_code)).body.error).toBe('authorization_pending')
})

test('a person revokes the keys that act for them, and nobody else theirs', async () => {
  const { send, must, account } = await createLogins()
  const { key, id } = await must(201, 'dev', `POST /developer/accounts/${account.id}/api-keys`, {
    body: { name: 'ci', scopes: ['read'], expiresInDays: 1 },
  })
  expect((await send('eve', `DELETE /developer/keys/${id}`)).status).toBe(404)
  expect((await send(null, 'GET /developer/apps', { key })).status).toBe(200)
  await must(200, 'dev', `DELETE /developer/keys/${id}`)
  expect((await send(null, 'GET /developer/apps', { key })).status).toBe(401)
})

test('codes are not for guessing: a few attempts, and then none for a while, right or wrong', async () => {
  const { start, decide } = await createLogins({ rateLimits: {} })
  const { user_code } = await start()
  const statuses = []
  for (let i = 0; i < 11; i++) statuses.push((await decide('eve', 'deny', 'BBBB-BBBB')).status)
  expect(statuses).toEqual([...Array(10).fill(404), 429])
  expect((await decide('eve', 'deny', user_code)).status).toBe(429)
  // Another person is not held up.
  expect((await decide('dev', 'approve', user_code)).status).toBe(200)
})

test('not more command lines begin to log in than are expected', async () => {
  const { form } = await createLogins({
    rateLimits: { deviceLogins: createTokenBucket({ burst: 2, perSecond: 0.01 }) },
  })
  const begin = async () => (await form('device', { client_id: 'souk-cli' })).status
  expect([await begin(), await begin(), await begin()]).toEqual([200, 200, 429])
})

test.each([
  ['device', {}, 'invalid_request'],
  ['device', { client_id: 'other' }, 'invalid_request'],
  ['device', { client_id: 'souk-cli', scope: 'root' }, 'invalid_request'],
  ['token', { client_id: 'souk-cli', grant_type: 'password', device_code: 'x' }, 'unsupported_grant_type'],
  ['token', { client_id: 'souk-cli', grant_type: GRANT, device_code: 'x' }, 'invalid_grant'],
  ['token', { client_id: 'souk-cli', grant_type: GRANT }, 'invalid_request'],
])('POST /oauth/%s with %j is refused with %s', async (path, fields, error) => {
  const { form } = await createLogins()
  const { status, body } = await form(path, fields as Record<string, string>)
  expect({ status, error: body.error }).toEqual({ status: 400, error })
})

test('a session that comes along opens nothing at the addresses for command lines', async () => {
  const { send } = await createLogins()
  const answer = await send('dev', 'POST /oauth/token', {
    raw: new URLSearchParams({ client_id: 'souk-cli', grant_type: GRANT, device_code: 'x' }),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.body.error).toBe('invalid_grant')
})
