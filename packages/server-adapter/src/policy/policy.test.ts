import { API_KEY_SCOPES, type ApiKeyScope } from '@souk/extension-sdk/protocol'
import { describe, expect, test } from 'vitest'
import { ACTIONS, type Action } from './actions'
import { type Actor, ANONYMOUS } from './actor'
import { can, type Decision, decide, type Resource } from './policy'

const user = (changes: Partial<Extract<Actor, { kind: 'user' }>> = {}): Actor => ({
  kind: 'user',
  userId: 'u',
  organizationId: 'org-a',
  role: 'member',
  reviewer: false,
  ...changes,
})

const organization: Resource = { type: 'organization', organizationId: 'org-a' }
const ownSettings: Resource = { type: 'user', organizationId: 'org-a', userId: 'u' }
const platform: Resource = { type: 'platform' }
const account = (role: 'owner' | 'admin' | 'member' | null): Resource => ({
  type: 'developer-account',
  id: 'acc',
  role,
})
const key = (developerAccountId = 'acc', scopes: readonly ApiKeyScope[] = API_KEY_SCOPES): Actor => ({
  kind: 'api-key',
  userId: 'u',
  developerAccountId,
  scopes,
})

/** Each kind of actor, with its role in the developer account that developer actions are asked about. */
const ACTORS = {
  anonymous: [ANONYMOUS, null],
  member: [user(), null],
  admin: [user({ role: 'admin' }), null],
  otherAdmin: [user({ userId: 'o', organizationId: 'org-b', role: 'admin' }), null],
  reviewer: [user({ userId: 'r', organizationId: 'org-ops', reviewer: true }), null],
  developerOwner: [user({ userId: 'd', organizationId: 'org-dev' }), 'owner'],
  developerAdmin: [user({ userId: 'd', organizationId: 'org-dev' }), 'admin'],
  developerMember: [user({ userId: 'd', organizationId: 'org-dev' }), 'member'],
  otherDeveloper: [user({ userId: 'e', organizationId: 'org-dev' }), null],
  apiKey: [key(), 'owner'],
  readKey: [key('acc', ['read']), 'owner'],
  deployKey: [key('acc', ['deploy']), 'owner'],
  publishKey: [key('acc', ['publish']), 'owner'],
  emptyKey: [key('acc', []), 'owner'],
  otherApiKey: [key('other'), 'owner'],
  apiKeyOfSomebodyWhoLeft: [key(), null],
} as const satisfies Record<string, readonly [Actor, 'owner' | 'admin' | 'member' | null]>

type ActorKind = keyof typeof ACTORS
type Row = Readonly<Record<ActorKind, Decision>>

const KEYS_REFUSED = {
  apiKey: 'forbid',
  readKey: 'forbid',
  deployKey: 'forbid',
  publishKey: 'forbid',
  emptyKey: 'forbid',
  otherApiKey: 'forbid',
  apiKeyOfSomebodyWhoLeft: 'forbid',
} as const

const row = (rest: Decision, changes: Partial<Row>): Row => ({
  ...(Object.fromEntries(Object.keys(ACTORS).map((kind) => [kind, rest])) as Row),
  anonymous: 'sign-in',
  ...KEYS_REFUSED,
  ...changes,
})

const everyone = row('hide', { member: 'allow', admin: 'allow' })
const admins = row('hide', { member: 'forbid', admin: 'allow' })
// The actor `admin` of the table is the same user as the owner of the settings, in the same organization.
const theUser = row('hide', { member: 'allow', admin: 'allow' })
const anyUser = row('allow', {})
const anyDeveloper = row('allow', {
  apiKey: 'allow',
  readKey: 'allow',
  deployKey: 'allow',
  publishKey: 'allow',
  emptyKey: 'allow',
  otherApiKey: 'allow',
  apiKeyOfSomebodyWhoLeft: 'allow',
})
const reviewers = row('forbid', { reviewer: 'allow' })
const inAccount = (changes: Partial<Row>) =>
  row('hide', {
    developerOwner: 'allow',
    developerAdmin: 'allow',
    developerMember: 'allow',
    otherApiKey: 'hide',
    apiKeyOfSomebodyWhoLeft: 'hide',
    ...changes,
  })
const members = inAccount({})
const reading = inAccount({ apiKey: 'allow', readKey: 'allow' })
const deploying = inAccount({ apiKey: 'allow', deployKey: 'allow' })
const publishing = inAccount({ apiKey: 'allow', publishKey: 'allow' })
const accountAdmins = inAccount({ developerMember: 'forbid' })
const owners = inAccount({ developerMember: 'forbid', developerAdmin: 'forbid' })

// Written out a second time on purpose, and typed by the list of actions: a new action does not compile without its row here.
const EXPECTED: Readonly<Record<Action, readonly [Resource | 'account', Row]>> = {
  'me.read': [organization, everyone],
  'catalog.read': [organization, everyone],
  'extension.list': [organization, everyone],
  'installation.read': [organization, everyone],
  'installation.create': [organization, admins],
  'installation.upgrade': [organization, admins],
  'installation.rollback': [organization, admins],
  'installation.channel': [organization, admins],
  'installation.uninstall': [organization, admins],
  'organization-settings.read': [organization, everyone],
  'organization-settings.write': [organization, admins],
  'user-settings.read': [ownSettings, theUser],
  'user-settings.write': [ownSettings, theUser],
  'connection.read': [organization, everyone],
  'organization-connection.write': [organization, admins],
  'user-connection.write': [ownSettings, theUser],
  'function.call': [organization, everyone],
  'function-logs.read': [organization, admins],
  'audit.read': [organization, admins],
  'developer-account.create': [platform, anyUser],
  'developer-account.list': [platform, anyDeveloper],
  'member.list': ['account', reading],
  'member.change-role': ['account', accountAdmins],
  'member.remove': ['account', accountAdmins],
  'member.set-owner': ['account', owners],
  'member.leave': ['account', members],
  'invitation.create': ['account', accountAdmins],
  'invitation.list': ['account', accountAdmins],
  'invitation.revoke': ['account', accountAdmins],
  'invitation.answer': [platform, anyUser],
  'device-login.read': [platform, anyUser],
  'device-login.approve': ['account', members],
  'device-login.deny': [platform, anyUser],
  'own-key.list': [platform, anyUser],
  'own-key.revoke': [platform, anyUser],
  'api-key.create': ['account', accountAdmins],
  'api-key.list': ['account', accountAdmins],
  'api-key.revoke': ['account', accountAdmins],
  'app.create': ['account', deploying],
  'app.read': ['account', reading],
  'app.update': ['account', deploying],
  'bundle.upload': ['account', deploying],
  'bundle.read': ['account', reading],
  'deployment.create': ['account', deploying],
  'deployment.read': ['account', reading],
  'deployment.submit': ['account', publishing],
  'deployment.withdraw': ['account', publishing],
  'deployment.publish': ['account', publishing],
  'deployment.deprecate': ['account', publishing],
  'deployment.restore': ['account', publishing],
  'account-audit.read': ['account', accountAdmins],
  'app-logs.read': ['account', reading],
  'oauth-client.read': ['account', reading],
  'oauth-client.write': ['account', deploying],
  'rollout.raise': ['account', publishing],
  'rollout.halt': ['account', publishing],
  'platform-audit.read': [platform, reviewers],
  'review.list': [platform, reviewers],
  'review.start': [platform, reviewers],
  'review.approve': [platform, reviewers],
  'review.reject': [platform, reviewers],
  'review.update-app': [platform, reviewers],
}

describe.each(ACTIONS)('%s', (action) => {
  const [resource, expected] = EXPECTED[action]
  test.each(Object.keys(ACTORS) as ActorKind[])('by %s is decided as the table says', (kind) => {
    const [actor, role] = ACTORS[kind]
    expect(decide(actor, action, resource === 'account' ? account(role) : resource)).toBe(expected[kind])
  })

  test('is refused on a resource of another type', () => {
    const others: readonly Resource[] = [organization, ownSettings, platform, account('owner')]
    const type = resource === 'account' ? 'developer-account' : resource.type
    for (const actor of [ANONYMOUS, user({ role: 'admin', reviewer: true }), key()])
      for (const other of others.filter((candidate) => candidate.type !== type))
        expect(can(actor, action, other)).toBe(false)
  })
})

test('the test has a row for every action and no other', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual([...ACTIONS].sort())
})

test.each(['app.delete', '__proto__', 'constructor', 'toString', ''])(
  'the unknown action %j is refused to everybody',
  (action) => {
    for (const [actor, role] of Object.values(ACTORS))
      for (const resource of [organization, ownSettings, platform, account(role)])
        expect(can(actor, action as Action, resource)).toBe(false)
  },
)
