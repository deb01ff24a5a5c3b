import { runStep } from '../app/run-step'
import { ServerFunctionError } from '../errors/server-errors'
import { checkInput } from '../server/check-input'
import { isTool, type Tool } from './define-tool'

/** What stands in the table of server functions for an export of a `*.tool.ts` file; nothing when it is no tool. */
export const toolFunction = (value: unknown): unknown =>
  isTool(value) ? checkInput((input: unknown) => runTool(value, input), value.inputs) : undefined

const runTool = async (tool: Tool, input: unknown): Promise<unknown> => {
  const { name, config } = tool
  const step = {
    label: name,
    execute: (given: Parameters<Tool['execute']>[0], context: object) => tool.execute(given, context),
    config,
  }
  const result = await tool.outputs.safeParseAsync(await runStep(step, input, {}))
  if (result.success) return result.data
  const [first] = result.error.issues
  // Whoever asked did nothing wrong, and the developer reads it in the logs.
  throw new ServerFunctionError(
    'FUNCTION_FAILED',
    `${name} gave something else than its outputs say: ${first?.path.join('.') || 'all of it'}: ${first?.message}.`,
  )
}
