import {
  decodeValue,
  encodeValue,
  findJsonProblems,
  isRecord,
  isRefusal,
  type JsonSchema,
  type Manifest,
  type OfferedTool,
  type ToolCall,
  type ToolCallResponse,
  type ToolEntry,
} from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { invalidInput, SoukError } from '../souk-error'
import type { DeploymentRecord, InstallationRecord } from '../storage'
import { isRunnable } from './deployment-steps'
import type { CallOptions, createFunctionService } from './functions'
import { requireDeployment } from './installation-access'
import { readAll } from './read-all'
import { requireUser, type ServiceContext } from './service-context'
import { readSettings } from './settings-values'

/** What apps can do for agents, workflows and people of the product. */
export const createToolService = (
  context: ServiceContext,
  { callFound }: Pick<ReturnType<typeof createFunctionService>, 'callFound'>,
) => {
  const { storage } = context

  const toolsOf = async (installation: InstallationRecord): Promise<readonly OfferedTool[]> => {
    const deployment = await requireDeployment(context, installation)
    const { tools = [], settings } = deployment.manifest
    if (tools.length === 0 || !isRunnable(deployment, installation.organizationId)) return []
    const [app, rows] = await Promise.all([
      storage.apps.get(installation.appId),
      storage.settings.list(installation.id, null),
    ])
    if (!app) return []
    const needsConfiguration = readSettings(settings.organization, rows).missing.length > 0
    return tools.map((tool) => ({
      appInstallationId: installation.id,
      appId: app.id,
      appTitle: app.title,
      needsConfiguration,
      ...toOffer(tool, deployment.manifest),
    }))
  }

  return {
    /** The tools of the organization's installations that may run. */
    async list(actor: Actor): Promise<readonly OfferedTool[]> {
      const { organizationId } = requireUser(actor)
      authorize(actor, 'extension.list', { type: 'organization', organizationId })
      const installations = await readAll((page) => storage.installations.listActive(organizationId, page))
      return (await Promise.all(installations.map(toolsOf))).flat()
    },

    async call(
      actor: Actor,
      installationId: string,
      toolId: string,
      { input, idempotencyKey }: ToolCall,
      options: CallOptions,
    ): Promise<ToolCallResponse> {
      const encoded = encodeValue([input], 'The input')
      if (isRefusal(encoded)) throw invalidInput(encoded.refused)
      let outputs: JsonSchema = {}
      const find = (deployment: DeploymentRecord) => {
        const { tool, bundleId } = requireTool(deployment, toolId)
        refuseInput(tool, input)
        outputs = tool.outputs
        return { functionId: tool.function, bundleId }
      }
      const call = { moduleHash: `tool:${toolId}`, args: encoded.text, idempotencyKey }
      const { result, traceId, durationMs } = await callFound(actor, installationId, call, find, options)
      return { output: readOutput(outputs, result, traceId), traceId, durationMs }
    },
  }
}

const toOffer = (
  { id, name, description, icon, inputs, outputs, exampleOutput, idempotent = false, agent, action, config }: ToolEntry,
  { toolsets = [] }: Manifest,
) => {
  const toolset = toolsets.find(({ slug }) => slug === agent?.toolsetSlug)
  return {
    id,
    title: name,
    description,
    inputs,
    outputs,
    idempotent,
    requiresConnection: config?.requiresConnection === true,
    ...(icon === undefined ? {} : { icon }),
    ...(exampleOutput === undefined ? {} : { exampleOutput }),
    ...(agent && toolset
      ? {
          agent: {
            toolsetSlug: toolset.slug,
            toolsetName: toolset.name,
            ...(toolset.description === undefined ? {} : { toolsetDescription: toolset.description }),
            ...(agent.summary === undefined ? {} : { summary: agent.summary }),
          },
        }
      : {}),
    ...(action ? { action: { ...action, requiresConfirmation: action.requiresConfirmation === true } } : {}),
  }
}

const requireTool = (
  { manifest, serverBundleId }: DeploymentRecord,
  id: string,
): { readonly tool: ToolEntry; readonly bundleId: string } => {
  const tool = manifest.tools?.find((candidate) => candidate.id === id)
  if (tool && serverBundleId !== null) return { tool, bundleId: serverBundleId }
  throw new SoukError(
    'FUNCTION_NOT_FOUND',
    'The installed version has no such tool. `GET /tools` lists those there are.',
  )
}

const refuseInput = ({ inputs, name }: ToolEntry, input: unknown): void => {
  const fields = findJsonProblems(inputs, input)
  if (Object.keys(fields).length > 0)
    throw new SoukError(
      'INVALID_INPUT',
      `${name} was not run: its input does not fit. \`fields\` says what was expected where.`,
      {
        fields,
      },
    )
}

/** The app checks its answer, too; but its code may be anybody's. */
const readOutput = (outputs: JsonSchema, result: string, traceId: string): Readonly<Record<string, unknown>> => {
  const decoded = decodeValue(result)
  const value: unknown = isRefusal(decoded) ? undefined : decoded.value
  const problems = Object.entries(findJsonProblems(outputs, value))
  if (isRecord(value) && problems.length === 0) {
    const text = JSON.stringify(value)
    // What JSON has no form for, such as a day, is none of the outputs of a schema.
    const json: unknown = JSON.parse(text)
    if (isRecord(json)) return json
  }
  const [path, sentence] = problems[0] ?? ['', 'It is no JSON object.']
  throw new SoukError(
    'FUNCTION_FAILED',
    `The tool answered with something else than its outputs say. ${path === '' ? '' : `${path}: `}${sentence}`,
    { traceId },
  )
}
