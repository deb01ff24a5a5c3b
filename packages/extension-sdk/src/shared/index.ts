/** What both sides of an app may use. */

export { BlockRuntimeError, BlockValidationError, type FieldProblem } from './block-errors'
