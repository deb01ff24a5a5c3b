import type { ApiKeyScope, ErrorCode } from '@souk/extension-sdk/protocol'
import { SoukError } from '../souk-error'
import type { DeveloperRole } from '../storage'
import type { Action } from './actions'
import type { Actor } from './actor'

/** What an action is done to, with what the rules need to know of it. */
export type Resource =
  | { readonly type: 'organization'; readonly organizationId: string }
  /** Settings of one user. */
  | { readonly type: 'user'; readonly organizationId: string; readonly userId: string }
  /** A developer account and all it owns, with the actor's role in it. */
  | { readonly type: 'developer-account'; readonly id: string; readonly role: DeveloperRole | null }
  /** What belongs to no tenant: the review queue, one's own list of accounts. */
  | { readonly type: 'platform' }

/** `hide`: the answer is NOT_FOUND, because that the resource exists is already more than the actor may know. */
export type Decision = 'allow' | 'sign-in' | 'forbid' | 'hide'

type Rule = (actor: Actor, resource: Resource) => Decision

const inOrganization =
  (roles: readonly ('admin' | 'member')[]): Rule =>
  (actor, resource) => {
    if (actor.kind !== 'user') return 'forbid'
    if (resource.type !== 'organization') return 'forbid'
    if (actor.organizationId !== resource.organizationId) return 'hide'
    return roles.includes(actor.role) ? 'allow' : 'forbid'
  }

const everyone = inOrganization(['admin', 'member'])
const admins = inOrganization(['admin'])

const theUser: Rule = (actor, resource) => {
  if (actor.kind !== 'user' || resource.type !== 'user') return 'forbid'
  return actor.organizationId === resource.organizationId && actor.userId === resource.userId ? 'allow' : 'hide'
}

const anyUser: Rule = (actor, resource) => (actor.kind === 'user' && resource.type === 'platform' ? 'allow' : 'forbid')

const anyDeveloper: Rule = (actor, resource) =>
  (actor.kind === 'user' || actor.kind === 'api-key') && resource.type === 'platform' ? 'allow' : 'forbid'

const reviewers: Rule = (actor, resource) =>
  actor.kind === 'user' && actor.reviewer && resource.type === 'platform' ? 'allow' : 'forbid'

const ownDeveloperAccount =
  (roles: readonly DeveloperRole[], keyScope: ApiKeyScope | null): Rule =>
  (actor, resource) => {
    if (resource.type !== 'developer-account' || actor.kind === 'anonymous') return 'forbid'
    // The key of somebody who left the account is worth nothing: the role is asked for keys too.
    if (resource.role === null) return 'hide'
    if (actor.kind === 'api-key') {
      if (actor.developerAccountId !== resource.id) return 'hide'
      if (keyScope === null || !actor.scopes.includes(keyScope)) return 'forbid'
    }
    return roles.includes(resource.role) ? 'allow' : 'forbid'
  }

const everyMember = ['owner', 'admin', 'member'] as const
const reading = ownDeveloperAccount(everyMember, 'read')
const deploying = ownDeveloperAccount(everyMember, 'deploy')
const publishing = ownDeveloperAccount(everyMember, 'publish')
// A key cannot make, see or revoke keys, nor let anybody in: a stolen one must not be able to stay.
const members = ownDeveloperAccount(everyMember, null)
const accountAdmins = ownDeveloperAccount(['owner', 'admin'], null)
const owners = ownDeveloperAccount(['owner'], null)

/** Who may do what. An action that is not here may be done by nobody. */
const POLICY: Readonly<Record<Action, Rule>> = {
  'me.read': everyone,
  'catalog.read': everyone,
  'extension.list': everyone,
  'installation.read': everyone,
  'installation.create': admins,
  'installation.upgrade': admins,
  'installation.rollback': admins,
  'installation.channel': admins,
  'installation.uninstall': admins,
  'organization-settings.read': everyone,
  'organization-settings.write': admins,
  'user-settings.read': theUser,
  'user-settings.write': theUser,
  'connection.read': everyone,
  'organization-connection.write': admins,
  'user-connection.write': theUser,
  'function.call': everyone,
  'function-logs.read': admins,
  'audit.read': admins,
  'developer-account.create': anyUser,
  'developer-account.list': anyDeveloper,
  'member.list': reading,
  'member.change-role': accountAdmins,
  'member.remove': accountAdmins,
  // To make somebody an owner, or to touch one.
  'member.set-owner': owners,
  'member.leave': members,
  'invitation.create': accountAdmins,
  'invitation.list': accountAdmins,
  'invitation.revoke': accountAdmins,
  // Whoever holds the token.
  'invitation.answer': anyUser,
  // Whoever was told the code.
  'device-login.read': anyUser,
  'device-login.deny': anyUser,
  'device-login.approve': members,
  'own-key.list': anyUser,
  'own-key.revoke': anyUser,
  'api-key.create': accountAdmins,
  'api-key.list': accountAdmins,
  'api-key.revoke': accountAdmins,
  'app.create': deploying,
  'app.read': reading,
  'app.update': deploying,
  'bundle.upload': deploying,
  'bundle.read': reading,
  'deployment.create': deploying,
  'deployment.read': reading,
  'deployment.submit': publishing,
  'deployment.withdraw': publishing,
  'deployment.publish': publishing,
  'deployment.deprecate': publishing,
  'deployment.restore': publishing,
  'account-audit.read': accountAdmins,
  'app-logs.read': reading,
  'oauth-client.read': reading,
  'oauth-client.write': deploying,
  'rollout.raise': publishing,
  'rollout.halt': publishing,
  'platform-audit.read': reviewers,
  'review.list': reviewers,
  'review.start': reviewers,
  'review.approve': reviewers,
  'review.reject': reviewers,
  'review.update-app': reviewers,
}

export const decide = (actor: Actor, action: Action, resource: Resource): Decision => {
  if (actor.kind === 'anonymous') return 'sign-in'
  const rule = Object.hasOwn(POLICY, action) ? POLICY[action] : undefined
  return rule ? rule(actor, resource) : 'forbid'
}

/** Whether `actor` may do `action` to `resource`. Deny by default. */
export const can = (actor: Actor, action: Action, resource: Resource): boolean =>
  decide(actor, action, resource) === 'allow'

const REFUSALS: Readonly<Record<Exclude<Decision, 'allow'>, readonly [ErrorCode, string]>> = {
  'sign-in': [
    'UNAUTHENTICATED',
    'Nobody is signed in. Sign in to the product, or send a valid API key, and try again.',
  ],
  forbid: ['FORBIDDEN', 'You may not do this. Ask an administrator, or use an account with the right to do it.'],
  hide: [
    'NOT_FOUND',
    'There is nothing here that you may see. Check the id, or the organization you are signed in to.',
  ],
}

/** @throws {SoukError} `UNAUTHENTICATED`, `FORBIDDEN` or `NOT_FOUND` when `actor` may not. */
export const authorize = (actor: Actor, action: Action, resource: Resource): void => {
  const decision = decide(actor, action, resource)
  if (decision !== 'allow') throw new SoukError(...REFUSALS[decision])
}
