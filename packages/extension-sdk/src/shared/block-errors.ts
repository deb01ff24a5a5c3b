import { InvalidInputError, ServerFunctionError } from '../errors/server-errors'

/** What is wrong with one input of a block. */
export interface FieldProblem {
  /** The name of the input. */
  readonly field: string
  readonly message: string
}

/** The inputs of a block do not fit. Each problem is shown at its field; it reaches the caller as an `InvalidInputError`. */
export class BlockValidationError extends InvalidInputError {
  readonly problems: readonly FieldProblem[]

  constructor(problems: readonly FieldProblem[]) {
    const [first] = problems
    super(
      first ? first.message : 'The inputs do not fit.',
      Object.fromEntries(problems.map(({ field, message }) => [field, message])),
    )
    this.problems = problems
  }
}

/** A block could not do its work. The message reaches the user, and `reason` whoever handles the error. */
export class BlockRuntimeError extends ServerFunctionError {
  override readonly name = 'BlockRuntimeError'
  /** The app's own word for what happened, such as `CARD_DECLINED`. Over the wire it is `details.reason`. */
  readonly reason: string

  constructor(message: string, reason = 'BLOCK_FAILED') {
    super('FUNCTION_FAILED', message, { details: { reason } })
    this.reason = reason
  }
}
