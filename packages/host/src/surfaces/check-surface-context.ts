import { type Contract, findPropProblem, isPrototypeKey, type PlainRecord } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'

/**
 * Checks the context of a surface against its contract before it leaves the page.
 *
 * @throws {HostError} `UNKNOWN_SURFACE` or `INVALID_CONTEXT`: a mistake in the product.
 */
export const checkSurfaceContext = (contract: Contract, name: string, context: PlainRecord): PlainRecord => {
  const surface = !isPrototypeKey(name) && Object.hasOwn(contract.surfaces, name) ? contract.surfaces[name] : undefined
  if (!surface)
    throw new HostError(
      'UNKNOWN_SURFACE',
      `The contract has no surface ${name}. It has ${Object.keys(contract.surfaces).join(', ')}; add yours with defineContract.`,
    )
  const problem = findPropProblem({ type: 'object', fields: surface.context }, context, 'context')
  if (problem)
    throw new HostError(
      'INVALID_CONTEXT',
      `The context of ${name} does not match its contract: ${problem} Pass exactly what the contract names.`,
    )
  return context
}
