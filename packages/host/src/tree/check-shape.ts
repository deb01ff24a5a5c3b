import { findPropProblem, type NodeProps, type NodeShape, type PropSchema } from '@souk/extension-sdk/protocol'
import { type CheckedProps, checkHandlers, checkProps, hasContent, schemaOf } from '../registry/check-props'
import type { RegisteredComponent, Registry } from '../registry/create-registry'

/** What the contract says of all nodes of one shape, so that only their values are looked at one by one. */
export interface CheckedShape {
  readonly registered: RegisteredComponent
  readonly handlers: readonly string[]
  readonly problems: readonly string[]
  check(props: NodeProps): CheckedProps
}

const NO_PROBLEMS: readonly string[] = []

/** @returns `undefined` when the registry has no such component. */
export const checkShape = (shape: NodeShape, registry: Pick<Registry, 'find'>): CheckedShape | undefined => {
  const registered = registry.find(shape.component)
  if (!registered) return undefined
  const { name, contract } = registered
  const { handlers, problems } = checkHandlers(name, contract, shape.handlers)
  const schemas = shape.props.map((prop) => schemaOf(contract, prop))
  const isComplete = Object.entries(contract.props).every(
    ([prop, schema]) => schema.optional || shape.props.includes(prop) || schemaOf(contract, prop) === undefined,
  )
  const areAllDeclared = schemas.every((schema) => schema !== undefined)

  /** Whether every value may be drawn as it is. Where one may not, the slower check says what to draw instead, and why. */
  const isFine = (props: NodeProps): boolean => {
    for (let index = 0; index < schemas.length; index++) {
      const value = props[shape.props[index] as string]
      if (value === undefined || findPropProblem(schemas[index] as PropSchema, value, '')) return false
    }
    return !contract.named || contract.named.some((prop) => hasContent(props[prop]))
  }

  return {
    registered,
    handlers,
    problems,
    check: (props) =>
      areAllDeclared && isComplete && isFine(props)
        ? { props, problems: NO_PROBLEMS }
        : checkProps(name, contract, {}, props),
  }
}
