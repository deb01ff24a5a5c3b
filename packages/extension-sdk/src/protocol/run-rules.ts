import type { Manifest, SurfaceConfig } from './manifest'
import { describe, isRecord } from './parse'

type Configured = Pick<Manifest, 'surfaces' | 'tools' | 'connections'>

/** How a function is to be run by what the manifest says of the surfaces and tools that it does. */
export const configsOf = ({ surfaces, tools = [] }: Configured, functionId: string): readonly SurfaceConfig[] => [
  ...surfaces.flatMap(({ execute, config }) => (execute === functionId && config ? [config] : [])),
  ...tools.flatMap(({ function: id, config }) => (id === functionId && config ? [config] : [])),
]

/** Why nothing of an app could run that says it needs a connection: it has none to offer. */
export const findUnmetConnection = ({ surfaces, tools = [], connections = [] }: Configured): string | undefined => {
  if (connections.length > 0) return undefined
  const surface = surfaces.findIndex(({ config }) => config?.requiresConnection)
  const tool = tools.findIndex(({ config }) => config?.requiresConnection)
  const at = surface >= 0 ? `surfaces[${surface}]` : tool >= 0 ? `tools[${tool}]` : undefined
  return (
    at &&
    `${at}.config.requiresConnection is set, but the app has no connection. Add a *.connection.ts file, or leave it out.`
  )
}

/** What is wrong with the result of a poll; nothing when it is `{ events, state }`. */
export const findPollProblem = (result: unknown): string | undefined => {
  if (!isRecord(result)) return `A poll must give { events, state }; received ${describe(result)}.`
  if (!Array.isArray(result.events))
    return `A poll must give its events as an array; received ${describe(result.events)}.`
  // Without it the next poll would begin from nothing, and find everything again.
  if (!isRecord(result.state))
    return `A poll must give the state for the next one as an object; received ${describe(result.state)}.`
  return undefined
}
