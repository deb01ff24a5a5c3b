import fc from 'fast-check'
import { createElement, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { renderTree } from '../../test/support/render-tree'
import type { Drawn } from '../../test/support/tree-model'
import { longestIncreasingRun } from './longest-increasing-run'

interface Spec {
  readonly key: string
  readonly component: string
  readonly props: Readonly<Record<string, unknown>>
  readonly pressable: boolean
  readonly children: readonly (Spec | string)[]
}

const value = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 5 }),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.constant(null),
)

const spec = fc.letrec<{ node: Spec; child: Spec | string }>((tie) => ({
  child: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'tree' },
    fc.string({ minLength: 1, maxLength: 3 }),
    tie('node'),
    tie('node'),
  ),
  node: fc.record({
    key: fc.constantFrom(...'abcdefgh'),
    component: fc.constantFrom('Stack', 'Text', 'Row'),
    props: fc.dictionary(fc.constantFrom('title', 'size', 'data'), value, { noNullPrototype: true }),
    pressable: fc.boolean(),
    children: fc.uniqueArray(tie('child'), {
      maxLength: 7,
      selector: (child) => (typeof child === 'string' ? child : `#${child.key}`),
    }),
  }),
})).node

const toElement = (node: Spec | string): ReactNode =>
  typeof node === 'string'
    ? node
    : createElement(
        node.component,
        { ...node.props, key: node.key, ...(node.pressable ? { onPress: () => {} } : {}) },
        // An array, so that the keys decide which child is which.
        node.children.map((child) => toElement(child)),
      )

const toDrawn = (node: Spec | string): Drawn =>
  typeof node === 'string' ? node : [node.component, node.props, node.children.map(toDrawn)]

const countPressable = (node: Spec | string): number =>
  typeof node === 'string'
    ? 0
    : node.children.reduce((sum, child) => sum + countPressable(child), node.pressable ? 1 : 0)

test('whatever is rendered after whatever else, the other side ends with what React drew', () => {
  fc.assert(
    fc.property(fc.array(fc.array(spec, { maxLength: 4 }), { minLength: 1, maxLength: 6 }), (versions) => {
      const unique = (nodes: readonly Spec[]) => [...new Map(nodes.map((node) => [node.key, node])).values()]
      const tree = renderTree(null)
      for (const version of versions.map(unique)) {
        tree.root.render(version.map(toElement))
        expect(tree.model.draw()).toEqual(version.map(toDrawn))
        expect(tree.root.handlerCount).toBe(version.reduce((sum, node) => sum + countPressable(node), 0))
        const before = tree.batches.length
        tree.root.render(version.map(toElement))
        expect(tree.batches.length).toBe(before)
      }
      expect(tree.errors).toEqual([])
      tree.root.dispose()
    }),
    { numRuns: 150 },
  )
})

/** By trying every subset: slow, and plainly right. */
const longestByBruteForce = (values: readonly number[]): number => {
  let best = 0
  for (let mask = 0; mask < 1 << values.length; mask++) {
    const picked = values.filter((_, index) => mask & (1 << index))
    if (picked.every((item, index) => index === 0 || item > (picked[index - 1] as number)))
      best = Math.max(best, picked.length)
  }
  return best
}

test('the longest increasing run is increasing, and none is longer', () => {
  const permutation = fc.integer({ min: 0, max: 9 }).chain((size) => {
    const numbers = Array.from({ length: size }, (_, index) => index)
    return fc.shuffledSubarray(numbers, { minLength: size })
  })
  fc.assert(
    fc.property(permutation, (values) => {
      const run = longestIncreasingRun(values)
      const picked = run.map((index) => values[index] as number)
      expect(picked).toEqual([...picked].sort((a, b) => a - b))
      expect(run.length).toBe(longestByBruteForce(values))
    }),
  )
})
