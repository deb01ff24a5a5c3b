import { findListProblem } from './find-list-problem'
import { type JsonSchema, parseJsonSchema } from './json-schema'
import type { SurfaceConfig } from './manifest'
import { isName, isRecord, isRefusal } from './parse'

/** How an agent of the product is offered a tool. */
export interface ToolAgent {
  /** The toolset it belongs to, by its slug. */
  readonly toolsetSlug: string
  /** What it does, in one line, for a list that the agent chooses from. */
  readonly summary?: string
}

/** How people are offered a tool, as an action. */
export interface ToolAction {
  readonly label: string
  readonly description?: string
  readonly color?: string
  /** The kind of surface of the contract, such as `record.actions`. */
  readonly surface?: string
  readonly requiresConfirmation?: boolean
  readonly confirmationMessage?: string
}

/** Something the app can do for whoever the product lets ask: an agent, a workflow, a person. */
export interface ToolEntry {
  /** Unique in the app, and stable over versions. */
  readonly id: string
  readonly name: string
  /** What it does and when to use it: an agent reads it, too. */
  readonly description: string
  readonly icon?: string
  /** The id of the server function that does it. */
  readonly function: string
  readonly inputs: JsonSchema
  readonly outputs: JsonSchema
  readonly exampleOutput?: unknown
  /** The same inputs twice do what once does, so it may be repeated. */
  readonly idempotent?: boolean
  readonly agent?: ToolAgent
  readonly action?: ToolAction
  readonly config?: Pick<SurfaceConfig, 'timeout' | 'retries' | 'requiresConnection'>
}

/** Tools that an agent gets together. */
export interface Toolset {
  readonly slug: string
  readonly name: string
  readonly description?: string
}

const ID = /^[A-Za-z][\w.-]*$/
/** Characters of JSON. */
const MAX_EXAMPLE_LENGTH = 16 * 1024

interface Around {
  readonly functions: readonly unknown[]
  readonly findConfigProblem: (config: unknown, at: string) => string | undefined
}

/** What is wrong with the tools and toolsets of a manifest. */
export const findToolsProblem = (tools: unknown, toolsets: unknown, around: Around): string | undefined => {
  const setsProblem =
    toolsets === undefined
      ? undefined
      : findListProblem(toolsets, 'toolsets', 50, (set, at) => {
          if (!isId(set.slug)) return `${at}.slug must begin with a letter, such as orders.`
          if (!isName(set.name)) return `${at}.name must be 1 to 200 characters.`
          return findTextProblem(set, ['description'], at)
        })
  if (setsProblem || tools === undefined) return setsProblem
  // Just seen to be a list of sets.
  const slugs = ((toolsets ?? []) as readonly Toolset[]).map(({ slug }) => slug)
  return findListProblem(tools, 'tools', 500, (tool, at) => findToolProblem(tool, at, slugs, around))
}

const isId = (value: unknown): boolean => isName(value, 100) && ID.test(value)

const findTextProblem = (value: Readonly<Record<string, unknown>>, names: readonly string[], at: string) => {
  const wrong = names.find((name) => value[name] !== undefined && !isName(value[name], 2_000))
  return wrong === undefined ? undefined : `${at}.${wrong} must be text of 1 to 2,000 characters.`
}

const findToolProblem = (
  tool: Readonly<Record<string, unknown>>,
  at: string,
  toolsets: readonly string[],
  { functions, findConfigProblem }: Around,
): string | undefined => {
  if (!isId(tool.id)) return `${at}.id must begin with a letter and hold letters, digits, dots, _ and -.`
  if (!isName(tool.name)) return `${at}.name must be 1 to 200 characters.`
  if (!isName(tool.description, 2_000))
    return `${at}.description must say in 1 to 2,000 characters what it does: an agent chooses by it.`
  if (!functions.includes(tool.function)) return `${at}.function must be the id of one of its functions.`
  for (const side of ['inputs', 'outputs'] as const) {
    const schema = parseJsonSchema(tool[side], `${at}.${side}`)
    if (isRefusal(schema)) return schema.refused
  }
  if (tool.exampleOutput !== undefined && JSON.stringify(tool.exampleOutput).length > MAX_EXAMPLE_LENGTH)
    return `${at}.exampleOutput is longer than ${MAX_EXAMPLE_LENGTH} characters.`
  if (tool.idempotent !== undefined && typeof tool.idempotent !== 'boolean')
    return `${at}.idempotent must be true or false.`
  return (
    findTextProblem(tool, ['icon'], at) ??
    findAgentProblem(tool.agent, `${at}.agent`, toolsets) ??
    findActionProblem(tool.action, `${at}.action`) ??
    (tool.config === undefined ? undefined : findConfigProblem(tool.config, `${at}.config`))
  )
}

const findAgentProblem = (agent: unknown, at: string, toolsets: readonly string[]): string | undefined => {
  if (agent === undefined) return undefined
  if (!isRecord(agent)) return `${at} must be an object.`
  if (!toolsets.some((slug) => slug === agent.toolsetSlug))
    return `${at}.toolsetSlug must be the slug of one of the app's toolsets.`
  return findTextProblem(agent, ['summary'], at)
}

const findActionProblem = (action: unknown, at: string): string | undefined => {
  if (action === undefined) return undefined
  if (!isRecord(action) || !isName(action.label)) return `${at}.label must be 1 to 200 characters.`
  if (action.requiresConfirmation !== undefined && typeof action.requiresConfirmation !== 'boolean')
    return `${at}.requiresConfirmation must be true or false.`
  return findTextProblem(action, ['description', 'color', 'surface', 'confirmationMessage'], at)
}
