import { type FieldBuilders, toFieldSchemas } from '../fields/field-builder'
import { describe } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import type { DeclaredSurface } from './list-surfaces'

/** What a product may ask a surface to work out in its frame. The functions themselves never leave it. */
const EXPRESSIONS = ['shouldShow', 'getDefaults', 'computeOutputs'] as const

type Expression = (typeof EXPRESSIONS)[number]

const isExpression = (name: string): name is Expression => EXPRESSIONS.some((expression) => expression === name)

type Evaluate = (context: unknown) => unknown

const expressionOf = ({ surface }: DeclaredSurface, name: Expression): Evaluate | undefined => {
  // Of a block, the schema works it out.
  const owner: unknown = name === 'computeOutputs' ? surface.schema : surface
  const value: unknown =
    typeof owner === 'object' && owner !== null && Object.hasOwn(owner, name) ? Reflect.get(owner, name) : undefined
  // What a surface takes is up to its kind, whose contract the product has checked the context against.
  return typeof value === 'function' ? (value as Evaluate) : undefined
}

/** The names of the expressions a surface has, for the manifest: a product asks only for these. */
export const expressionsOf = (declared: DeclaredSurface): readonly Expression[] =>
  // A node and a panel are drawn by their block, which is what is asked.
  declared.kind === 'workflow.nodes' || declared.kind === 'workflow.panels'
    ? []
    : EXPRESSIONS.filter((name) => expressionOf(declared, name))

/**
 * Works out one expression of a surface.
 *
 * @returns What the function returned; `true` or `false` for `shouldShow`, which is `true` when the surface does not say.
 * @throws {SdkError} `METHOD_NOT_FOUND` when the surface has no such expression; or what the function threw.
 */
export const evaluateExpression = async (
  declared: DeclaredSurface,
  name: string,
  context: unknown,
): Promise<PlainValue> => {
  const evaluate = isExpression(name) ? expressionOf(declared, name) : undefined
  if (name === 'shouldShow') return evaluate ? Boolean(await evaluate(context)) : true
  if (!evaluate)
    throw new SdkError(
      'METHOD_NOT_FOUND',
      `${declared.kind} ${declared.surface.id} has no expression ${describe(name)}. Its manifest names those it has.`,
    )
  const value = await evaluate(context)
  if (name === 'computeOutputs') return toFieldSchemas(value as FieldBuilders) as unknown as PlainValue
  // The bridge refuses a result that is no plain value before it is sent.
  return value as PlainValue
}
