import { z } from 'zod'
import { SdkError } from '../sdk-error'
import { isTool, type Tool } from './define-tool'

const refuseTool = ({ id }: Tool, sentence: string): SdkError =>
  new SdkError('INVALID_MANIFEST', `The tool ${JSON.stringify(id)}: ${sentence}`)

const schemaOf = (tool: Tool, side: 'inputs' | 'outputs'): unknown => {
  const schema = tool[side]
  if (!(schema instanceof z.ZodObject))
    throw refuseTool(tool, `${side} must be a z.object(), with the z of '@souk/extension-sdk/tools'.`)
  try {
    const { $schema: _, ...json } = z.toJSONSchema(schema, { io: side === 'inputs' ? 'input' : 'output' })
    return json
  } catch (error) {
    // Zod names the kind: a date, a function, a transformation.
    throw refuseTool(
      tool,
      `${side} cannot be said in JSON. ${error instanceof Error ? error.message : ''} Use what JSON has: z.iso.datetime() instead of z.date().`,
    )
  }
}

/**
 * What the manifest says of an export of a `*.tool.ts` file; nothing when it is no tool.
 *
 * @throws {SdkError} `INVALID_MANIFEST` when a schema cannot be said in JSON, or the example does not fit.
 */
export const describeTool = (functionId: string, value: unknown): unknown => {
  if (!isTool(value)) return undefined
  const { id, name, description, icon, exampleOutput, config, idempotent, agent, action } = value
  const inputs = schemaOf(value, 'inputs')
  const outputs = schemaOf(value, 'outputs')
  const example = exampleOutput === undefined ? undefined : value.outputs.safeParse(exampleOutput)
  if (example && !example.success)
    throw refuseTool(value, `exampleOutput does not fit outputs: ${z.prettifyError(example.error)}`)
  const all = {
    id,
    name,
    description,
    icon,
    function: functionId,
    inputs,
    outputs,
    exampleOutput,
    config,
    idempotent,
    agent,
    action,
  }
  return Object.fromEntries(Object.entries(all).filter(([, part]) => part !== undefined))
}
