import type { BridgeLimits } from '../protocol/limits'
import { SdkError } from '../sdk-error'
import type { Instance, ParentInstance } from './tree'

/** What the tree of one root may be. The product checks the same again. */
export type RootLimits = Pick<BridgeLimits, 'nodesPerRoot' | 'treeDepth' | 'handlersPerRoot' | 'batchBytes'>

export const tooMany = (what: string, limit: number): SdkError =>
  new SdkError(
    'LIMIT_EXCEEDED',
    `More than ${limit} ${what} were drawn in one surface. Show less at once, for example in pages.`,
  )

const tooDeep = (limit: number): SdkError =>
  new SdkError('LIMIT_EXCEEDED', `More than ${limit} levels of components were drawn. Nest them less.`)

/** Notes that `child` goes into a parent that is being made, from the leaves up. */
export const growHeight = (parent: Instance, child: Instance, { treeDepth }: RootLimits): void => {
  if (child.height >= treeDepth) throw tooDeep(treeDepth)
  if (parent.height <= child.height) parent.height = child.height + 1
}

/** Refuses a subtree that would reach too deep in the place it goes to. */
export const checkDepth = (parent: ParentInstance, child: Instance, { treeDepth }: RootLimits): void => {
  let depth = child.height
  for (let above: ParentInstance | null = parent; above && above.kind !== 'root'; above = above.parent) depth++
  if (depth > treeDepth) throw tooDeep(treeDepth)
}
