import type { HostContext, InitPayload } from '../protocol/messages'
import { describe, isCount, isRecord, isString, isStringArray, type Parsed, refuse } from '../protocol/parse'
import { SUPPORTED_PROTOCOL_VERSIONS } from '../protocol/version'
import { parseLimits } from './parse-limits'

const isParty = (value: unknown): boolean =>
  isRecord(value) && isString(value.id) && (value.name === undefined || isString(value.name))

/** Says what is wrong with the context, or `undefined`. Fields this version does not know are kept. */
export const findContextProblem = (value: unknown): string | undefined => {
  if (!isRecord(value)) return `context must be an object; received ${describe(value)}.`
  if (value.theme !== 'light' && value.theme !== 'dark') return 'context.theme must be light or dark.'
  if (!isString(value.locale) || !isString(value.timeZone)) return 'context needs a locale and a timeZone.'
  return isParty(value.user) && isParty(value.organization)
    ? undefined
    : 'context.user and context.organization need an id each.'
}

/** Whether the product chose a version of the protocol that this build speaks. */
export const isSpoken = (value: unknown): boolean =>
  isRecord(value) && isCount(value.protocolVersion) && SUPPORTED_PROTOCOL_VERSIONS.includes(value.protocolVersion)

export const parseInit = (value: unknown): Parsed<InitPayload> => {
  if (!isRecord(value)) return refuse(`The payload of init must be an object; received ${describe(value)}.`)
  const { protocolVersion, context, settings, grantedScopes } = value
  if (!isCount(protocolVersion) || !SUPPORTED_PROTOCOL_VERSIONS.includes(protocolVersion))
    return refuse(`The product chose protocol ${describe(protocolVersion)}, which this build does not speak.`)
  const problem = findContextProblem(context)
  if (problem) return refuse(problem)
  if (!isStringArray(grantedScopes)) return refuse('grantedScopes must be an array of scopes.')
  if (value.capabilities !== undefined && !isStringArray(value.capabilities))
    return refuse('capabilities must be an array of names.')
  if (!isRecord(settings) || !isRecord(settings.organization) || !isRecord(settings.user))
    return refuse('settings must be { organization, user }.')
  return {
    protocolVersion,
    // findContextProblem has looked at every field of it.
    context: context as unknown as HostContext,
    limits: parseLimits(value.limits),
    capabilities: value.capabilities ?? [],
    grantedScopes,
    // The channel let only plain values through.
    settings: settings as unknown as InitPayload['settings'],
  }
}
