import {
  createPackedWriter,
  DEFAULT_LIMITS,
  type NodeId,
  sayOperations,
  type TreeOperation,
} from '@souk/extension-sdk/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { element, insert } from '../testing/fake-extension'
import { testRegistry } from '../testing/test-registry'
import { createTreeStore, type TreeStore } from './tree-store'

/** The same tree as plain arrays, changed in the most obvious way. */
const createModel = () => {
  const children = new Map<NodeId, NodeId[]>([[0, []]])
  const parents = new Map<NodeId, NodeId>()
  const place = (id: NodeId, parent: NodeId, before: NodeId) => {
    const siblings = children.get(parent) ?? []
    siblings.splice(before === 0 ? siblings.length : siblings.indexOf(before), 0, id)
    parents.set(id, parent)
  }
  const detach = (id: NodeId) => {
    const siblings = children.get(parents.get(id) ?? 0) ?? []
    siblings.splice(siblings.indexOf(id), 1)
  }
  const drop = (id: NodeId) => {
    for (const child of children.get(id) ?? []) drop(child)
    children.delete(id)
    parents.delete(id)
  }
  const isInside = (id: NodeId, ancestor: NodeId): boolean =>
    id === ancestor || (id !== 0 && isInside(parents.get(id) ?? 0, ancestor))
  const print = (id: NodeId): string => `${id}(${(children.get(id) ?? []).map(print).join(' ')})`
  return {
    ids: () => [...children.keys()],
    childrenOf: (id: NodeId) => children.get(id) ?? [],
    isInside,
    insert(id: NodeId, parent: NodeId, before: NodeId) {
      children.set(id, [])
      place(id, parent, before)
    },
    move(id: NodeId, parent: NodeId, before: NodeId) {
      detach(id)
      place(id, parent, before)
    },
    remove(id: NodeId) {
      detach(id)
      drop(id)
    },
    print: () => print(0),
  }
}

const printStore = (store: TreeStore, id: NodeId = 0): string => {
  const view = store.view(id)
  const children = view && view.kind !== 'text' ? view.children : []
  return `${id}(${children.map((child) => printStore(store, child)).join(' ')})`
}

const step = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'move', 'move', 'remove'),
  a: fc.nat(),
  b: fc.nat(),
  c: fc.nat(),
})

test('any order of inserts, moves and removals in any batches draws what plain arrays would hold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 25 }),
      (batches) => {
        const model = createModel()
        const limits = { ...DEFAULT_LIMITS, treeDepth: 1_000 }
        const store = createTreeStore({
          rootId: 'r',
          registry: testRegistry,
          limits,
          sendEvent: async () => null,
          report: () => {},
        })
        const packedStore = createTreeStore({
          rootId: 'r',
          registry: testRegistry,
          limits,
          sendEvent: async () => null,
          report: () => {},
        })
        const writer = createPackedWriter()
        let nextId = 1
        for (const [index, steps] of batches.entries()) {
          const operations = steps.flatMap(({ kind, a, b, c }): TreeOperation[] => {
            const pick = (list: readonly NodeId[], by: number) => list[by % list.length] ?? 0
            const parent = pick(model.ids(), a)
            if (kind === 'insert') {
              const id = nextId++
              const before = pick([0, ...model.childrenOf(parent)], b)
              model.insert(id, parent, before)
              return [insert(element(id, 'Stack'), parent, before)]
            }
            const id = pick(model.ids(), c)
            if (id === 0) return []
            if (kind === 'remove') {
              model.remove(id)
              return [{ op: 'remove', ids: [id] }]
            }
            if (model.isInside(parent, id)) return []
            const before = pick([0, ...model.childrenOf(parent).filter((child) => child !== id)], b)
            model.move(id, parent, before)
            return [{ op: 'move', id, parent, before }]
          })
          store.apply({ rootId: 'r', commit: index + 1, operations })
          expect(store.status().state).toBe('drawn')
          expect(printStore(store)).toBe(model.print())
          sayOperations(operations, writer)
          packedStore.apply(writer.take('r', index + 1))
          expect(printStore(packedStore)).toBe(model.print())
        }
      },
    ),
    { numRuns: 300 },
  )
})
