import type { Connectable, ConnectionDefinition, ConnectionInfo } from '@souk/extension-sdk/protocol'
import type { ConnectionRecord } from '../../storage'

/** From rows to what the API answers: only what is named here leaves the server, and no credential is. */
export const toConnectionInfo = (row: ConnectionRecord): ConnectionInfo => ({
  id: row.id,
  definitionId: row.definitionId,
  scope: row.userId === null ? 'organization' : 'user',
  label: row.label,
  status: row.status,
  variables: row.variables,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  connectedBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

export const toConnectable = (definition: ConnectionDefinition): Omit<Connectable, 'ready' | 'mayConnect'> => ({
  id: definition.id,
  type: definition.type,
  label: definition.label,
  description: definition.description ?? null,
  scope: definition.scope,
  multiple: definition.multiple === true,
  variables: (definition.variables ?? []).map(({ name, label, description, placeholder }) => ({
    name,
    label,
    ...(description === undefined ? {} : { description }),
    ...(placeholder === undefined ? {} : { placeholder }),
  })),
  fields:
    definition.type === 'secret'
      ? definition.fields.map(({ name, label, description, placeholder, secret, optional }) => ({
          name,
          label,
          secret: secret !== false,
          optional: optional === true,
          ...(description === undefined ? {} : { description }),
          ...(placeholder === undefined ? {} : { placeholder }),
        }))
      : [],
  hosts: (definition.attach ?? []).map(({ host }) => host),
  revealed: definition.reveal === true,
})
