import { DEVELOPER_ROLES, type DeveloperRole } from '@souk/extension-sdk/protocol'

/** Only an owner touches an owner. The server decides; this is what is offered. */
export const mayTouch = (own: DeveloperRole, theirs: DeveloperRole): boolean =>
  own === 'owner' || (own === 'admin' && theirs !== 'owner')

/** Only an owner makes owners. */
export const rolesFor = (own: DeveloperRole): readonly DeveloperRole[] =>
  DEVELOPER_ROLES.filter((role) => own === 'owner' || role !== 'owner')
