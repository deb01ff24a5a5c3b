import { afterEach, expect, test, vi } from 'vitest'
import { createSouk } from '../src/index'
import { createMemoryStorage } from '../src/storage'
import { createFakeRuntime, createWorld, KEY, type Person, people, SANDBOX } from './support/create-world'

afterEach(() => void vi.useRealTimers())

/** A developer account of `dev`. */
const createAccount = async () => {
  const world = createWorld()
  const { account, key } = await world.openAccount()
  const place = `/developer/accounts/${account.id}`
  const invite = (who: Person, userId: string, role: string) =>
    world.send(who, `POST ${place}/invitations`, { body: { userId, role } })
  const join = async (who: Person, role: string) => {
    const { body } = await invite('dev', who, role)
    await world.must(200, who, 'POST /developer/invitations/accept', { body: { token: body.token } })
  }
  const codeOf = async (who: Person | null, line: string, body?: unknown, with_: string | undefined = undefined) =>
    (await world.send(who, line, { body, ...(with_ ? { key: with_ } : {}) })).body.code ?? 'ok'
  return { ...world, account, key, place, invite, join, codeOf }
}

test('somebody is invited, told by the product, joins, is given a role, and leaves', async () => {
  const world = await createAccount()
  const { must, place } = world
  const created = await must(201, 'dev', `POST ${place}/invitations`, {
    body: { email: 'Eve@Example.com', role: 'member' },
  })
  expect(created).toMatchObject({ email: 'eve@example.com', userId: null, status: 'pending', invitedBy: 'dev' })
  expect(world.delivered).toEqual([
    {
      invitation: { ...created, token: undefined },
      account: expect.objectContaining({ slug: 'northwind' }),
      token: created.token,
    },
  ])
  const { token } = created
  expect(await must(200, 'eve', 'POST /developer/invitations/read', { body: { token } })).toMatchObject({
    account: { slug: 'northwind', title: 'Northwind' },
    role: 'member',
    status: 'pending',
  })
  expect((await must(200, 'eve', 'GET /developer/accounts')).items).toEqual([])
  expect(await must(200, 'eve', 'POST /developer/invitations/accept', { body: { token } })).toMatchObject({
    status: 'accepted',
  })
  expect((await must(200, 'eve', 'GET /developer/accounts')).items).toMatchObject([{ slug: 'northwind' }])
  expect(await must(200, 'dev', `PATCH ${place}/members/eve`, { body: { role: 'admin' } })).toMatchObject({
    role: 'admin',
  })
  expect(
    (await must(200, 'eve', `GET ${place}/members`)).items.map(({ userId, role }: never) => [userId, role]),
  ).toEqual([
    ['dev', 'owner'],
    ['eve', 'admin'],
  ])
  expect((await must(200, 'eve', `GET ${place}/invitations`)).items).toMatchObject([
    { status: 'accepted', answeredBy: 'eve' },
  ])
  await must(200, 'eve', `POST ${place}/leave`, { body: {} })
  expect((await must(200, 'eve', 'GET /developer/accounts')).items).toEqual([])
  // A token is in the answer that made it, and nowhere after.
  expect(world.answered.filter((text) => text.includes(token))).toHaveLength(1)
})

test('an invitation opens once, in its time, for the one it is for, and not after it was taken back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { invite, must, codeOf, place } = await createAccount()
  const accept = (who: Person, token: string) => codeOf(who, 'POST /developer/invitations/accept', { token })
  const { token } = (await invite('dev', 'eve', 'member')).body
  expect(await accept('bea', token)).toBe('NOT_FOUND')
  expect(await codeOf('bea', 'POST /developer/invitations/read', { token })).toBe('NOT_FOUND')
  expect(await codeOf('bea', 'POST /developer/invitations/decline', { token })).toBe('NOT_FOUND')
  expect(await accept('eve', `${token}x`)).toBe('NOT_FOUND')
  expect(await codeOf(null, 'POST /developer/invitations/accept', { token })).toBe('UNAUTHENTICATED')
  expect([await accept('eve', token), await accept('eve', token)]).toEqual(['ok', 'CONFLICT'])
  expect((await invite('dev', 'eve', 'member')).body.code).toBe('CONFLICT')

  const declined = (await invite('dev', 'bea', 'member')).body.token
  await must(200, 'bea', 'POST /developer/invitations/decline', { body: { token: declined } })
  expect(await accept('bea', declined)).toBe('CONFLICT')

  const revoked = (await invite('dev', 'bea', 'member')).body
  await must(200, 'dev', `DELETE ${place}/invitations/${revoked.id}`)
  expect(await accept('bea', revoked.token)).toBe('CONFLICT')
  expect(await codeOf('dev', `DELETE ${place}/invitations/${revoked.id}`)).toBe('CONFLICT')

  const replaced = (await invite('dev', 'bea', 'member')).body.token
  const late = (await invite('dev', 'bea', 'member')).body.token
  expect(await accept('bea', replaced)).toBe('CONFLICT')
  vi.advanceTimersByTime(7 * 86_400_000)
  expect(await must(200, 'bea', 'POST /developer/invitations/read', { body: { token: late } })).toMatchObject({
    status: 'expired',
  })
  expect(await accept('bea', late)).toBe('CONFLICT')
})

test('an invitation to an address is not for somebody whose address the product knows to be another', async () => {
  const storage = createMemoryStorage()
  const { api } = createSouk({
    storage,
    authenticate: () => null,
    secrets: { current: { id: 'k', key: KEY } },
    runtime: createFakeRuntime().runtime,
    sandbox: SANDBOX,
    onInvitation: () => Promise.reject(new Error('no mail today')),
    onError: () => {},
  })
  const { dev, eve } = people
  const account = await api.createDeveloperAccount(dev, { body: { slug: 'acme', title: 'Acme' } })
  // That it could not be delivered takes nothing back: the token is in the answer.
  const { token } = await api.inviteMember(dev, {
    params: { id: account.id },
    body: { email: 'eve@example.com', role: 'admin' },
  })
  const input = { body: { token } }
  await expect(api.acceptInvitation({ ...eve, email: 'mallory@example.com' }, input)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await api.acceptInvitation({ ...eve, email: 'EVE@example.com' }, input)).toMatchObject({ status: 'accepted' })
})

test.each([
  { email: 'x' },
  {},
  { email: 'a@example.com', userId: 'a' },
  { userId: 'a', role: 'king' },
  { userId: 'a', expiresInDays: 31 },
  { userId: 'a', expiresInDays: 0 },
])('the invitation %j is refused', async (body) => {
  const { send, place } = await createAccount()
  const answer = await send('dev', `POST ${place}/invitations`, { body: { role: 'member', ...body } })
  expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } })
})

test('an admin of an account neither makes, changes nor removes an owner, and a member does none of it', async () => {
  const { join, codeOf, place, key } = await createAccount()
  await join('eve', 'admin')
  await join('max', 'member')
  const owner = { role: 'owner' }
  for (const [who, line, body, code] of [
    ['eve', `PATCH ${place}/members/eve`, owner, 'FORBIDDEN'],
    ['eve', `PATCH ${place}/members/max`, owner, 'FORBIDDEN'],
    ['eve', `PATCH ${place}/members/dev`, { role: 'member' }, 'FORBIDDEN'],
    ['eve', `DELETE ${place}/members/dev`, undefined, 'FORBIDDEN'],
    ['eve', `POST ${place}/invitations`, { userId: 'bea', ...owner }, 'FORBIDDEN'],
    ['max', `PATCH ${place}/members/max`, { role: 'admin' }, 'FORBIDDEN'],
    ['max', `DELETE ${place}/members/eve`, undefined, 'FORBIDDEN'],
    ['max', `POST ${place}/invitations`, { userId: 'bea', role: 'member' }, 'FORBIDDEN'],
    ['max', `GET ${place}/invitations`, undefined, 'FORBIDDEN'],
    ['bea', `GET ${place}/members`, undefined, 'NOT_FOUND'],
    ['bea', `POST ${place}/leave`, {}, 'NOT_FOUND'],
    ['bea', `PATCH ${place}/members/max`, owner, 'NOT_FOUND'],
    ['dev', `PATCH ${place}/members/nobody`, { role: 'admin' }, 'NOT_FOUND'],
    ['dev', `DELETE ${place}/members/nobody`, undefined, 'NOT_FOUND'],
    ['dev', `POST ${place}/leave`, {}, 'CONFLICT'],
    ['dev', `PATCH ${place}/members/dev`, { role: 'admin' }, 'CONFLICT'],
    ['dev', `DELETE ${place}/members/dev`, undefined, 'CONFLICT'],
    ['max', `GET ${place}/members`, undefined, 'ok'],
    ['eve', `PATCH ${place}/members/max`, { role: 'admin' }, 'ok'],
    ['eve', `DELETE ${place}/members/max`, undefined, 'ok'],
    ['dev', `PATCH ${place}/members/eve`, owner, 'ok'],
    ['eve', `DELETE ${place}/members/dev`, undefined, 'ok'],
  ] as const)
    expect(`${who} ${line}: ${await codeOf(who, line, body)}`).toBe(`${who} ${line}: ${code}`)
  // The key of somebody who was removed is none any more.
  expect(await codeOf(null, 'GET /developer/apps', undefined, key)).toBe('UNAUTHENTICATED')
})

test('a key reads who the members are, and changes nothing about them', async () => {
  const { codeOf, place, key } = await createAccount()
  expect(await codeOf(null, `GET ${place}/members`, undefined, key)).toBe('ok')
  for (const line of [`POST ${place}/invitations`, `PATCH ${place}/members/dev`, `POST ${place}/leave`])
    expect(
      await codeOf(
        null,
        line,
        line.includes('members') ? { role: 'admin' } : line.endsWith('leave') ? {} : { userId: 'x', role: 'member' },
        key,
      ),
    ).toBe('FORBIDDEN')
  expect(await codeOf(null, `DELETE ${place}/members/dev`, undefined, key)).toBe('FORBIDDEN')
})

test('every change of members is in the audit log', async () => {
  const actions: string[] = []
  const storage = createMemoryStorage()
  const { api } = createSouk({
    storage: {
      ...storage,
      audit: {
        ...storage.audit,
        list: storage.audit.list,
        append: async ({ actorId, action }) => void actions.push(`${actorId} ${action}`),
      },
    },
    authenticate: () => null,
    secrets: { current: { id: 'k', key: KEY } },
    runtime: createFakeRuntime().runtime,
    sandbox: SANDBOX,
  })
  const { dev, eve, max } = people
  const { id } = await api.createDeveloperAccount(dev, { body: { slug: 'acme', title: 'Acme' } })
  const params = { id }
  const invite = (userId: string) => api.inviteMember(dev, { params, body: { userId, role: 'member' } })
  await api.acceptInvitation(eve, { body: { token: (await invite('eve')).token } })
  await api.acceptInvitation(max, { body: { token: (await invite('max')).token } })
  await api.declineInvitation(people.bea, { body: { token: (await invite('bea')).token } })
  await api.revokeInvitation(dev, { params: { id, invitationId: (await invite('bea')).id } })
  await api.changeMemberRole(dev, { params: { id, userId: 'eve' }, body: { role: 'admin' } })
  await api.removeMember(eve, { params: { id, userId: 'max' } })
  await api.leaveAccount(eve, { params, body: {} })
  expect(actions).toEqual([
    'dev developer-account.create',
    'dev invitation.create',
    'eve invitation.answer',
    'dev invitation.create',
    'max invitation.answer',
    'dev invitation.create',
    'bea invitation.answer',
    'dev invitation.create',
    'dev invitation.revoke',
    'dev member.change-role',
    'eve member.remove',
    'eve member.leave',
  ])
})
