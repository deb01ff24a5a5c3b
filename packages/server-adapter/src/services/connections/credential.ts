import { type ConnectionDefinition, fillTemplate, isRecord, isString } from '@souk/extension-sdk/protocol'
import type { Sealer } from '../../crypto/create-sealer'
import { SoukError } from '../../souk-error'
import type { ConnectionRecord } from '../../storage'

/** What is secret of a connection. It is stored sealed, and leaves the server only where its definition says so. */
export interface Credential {
  readonly accessToken?: string
  readonly refreshToken?: string
  /** Of a `secret` connection. */
  readonly fields?: Readonly<Record<string, string>>
  /** Whoever connected it was told that code of the app may read it. A later version that wants to has to be connected again. */
  readonly revealed?: true
}

/** The place a credential belongs to; it opens nowhere else. */
export const credentialPlace = (
  connection: Pick<ConnectionRecord, 'id' | 'installationId' | 'organizationId' | 'definitionId' | 'userId'>,
): readonly string[] => [
  'connection',
  connection.organizationId,
  connection.installationId,
  connection.definitionId,
  connection.userId ?? '',
  connection.id,
]

export const sealCredential = (
  sealer: Sealer,
  connection: Parameters<typeof credentialPlace>[0],
  credential: Credential,
): Promise<string> => sealer.seal(JSON.stringify(credential), credentialPlace(connection))

export const openCredential = async (sealer: Sealer, connection: ConnectionRecord): Promise<Credential> =>
  parseCredential(JSON.parse(await sealer.open(connection.sealed, credentialPlace(connection))))

const parseCredential = (value: unknown): Credential => {
  if (!isRecord(value)) throw new SoukError('CORRUPT_ROW', 'A connection holds no credential. Connect it again.')
  const { accessToken, refreshToken, fields, revealed } = value
  return {
    ...(isString(accessToken) ? { accessToken } : {}),
    ...(isString(refreshToken) ? { refreshToken } : {}),
    ...(revealed === true ? { revealed } : {}),
    ...(isRecord(fields) && Object.values(fields).every(isString)
      ? // Each value was just shown to be a text.
        { fields: fields as Readonly<Record<string, string>> }
      : {}),
  }
}

/** The one value most services want: the access token, or the first field. */
export const mainValue = (definition: ConnectionDefinition, { accessToken, fields }: Credential): string | undefined =>
  definition.type === 'secret' ? fields?.[definition.fields[0]?.name ?? ''] : accessToken

/** Everything of a credential that no log and no error may show. */
export const secretsOf = (definition: ConnectionDefinition, credential: Credential): readonly string[] => {
  const open = definition.type === 'secret' ? definition.fields.filter(({ secret }) => secret === false) : []
  const fields = Object.entries(credential.fields ?? {}).filter(([name]) => !open.some((field) => field.name === name))
  return [credential.accessToken, credential.refreshToken, ...fields.map(([, value]) => value)].filter(
    (value) => value !== undefined,
  )
}

export interface AttachedHeader {
  /** As in `url.host`. */
  readonly host: string
  readonly header: string
  /** All of the header's value. */
  readonly value: string
}

/** The headers that the broker adds for a connection. */
export const attachedHeaders = (
  definition: ConnectionDefinition,
  connection: Pick<ConnectionRecord, 'variables'>,
  credential: Credential,
): readonly AttachedHeader[] => {
  const value = mainValue(definition, credential)
  const values = { ...credential.fields, ...connection.variables, ...(value === undefined ? {} : { value }) }
  return (definition.attach ?? []).map(({ host, header, format, encoding }) => {
    const text = fillTemplate(format, values)
    return {
      host: fillTemplate(host, connection.variables).toLowerCase(),
      header,
      value: encoding === 'basic' ? `Basic ${Buffer.from(text).toString('base64')}` : text,
    }
  })
}
