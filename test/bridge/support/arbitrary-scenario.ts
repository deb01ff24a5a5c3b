import fc from 'fast-check'
import type { Spec } from './scenario'

export type Step =
  | { kind: 'replace'; specs: readonly Spec[]; transition: boolean }
  | { kind: 'shuffle'; seed: number; transition: boolean }
  | { kind: 'toggle'; nth: number; transition: boolean }
  | { kind: 'remove'; nth: number; transition: boolean }
  | { kind: 'press'; nth: number; times: number }
  | { kind: 'type'; nth: number; text: string }

const key = fc.constantFrom(...'abcdef')
/** As React would take them: two siblings have the same key only when they are the same. */
const unique = (specs: fc.Arbitrary<Spec>, maxLength: number) =>
  fc.uniqueArray(specs, { maxLength, selector: (spec) => (typeof spec === 'string' ? Symbol(spec) : spec.key) })

const { node } = fc.letrec<{ node: Spec; inner: Spec; many: readonly Spec[] }>((tie) => ({
  many: unique(tie('node'), 5),
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'scenario', withCrossShrink: true },
    { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 4 }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('counter' as const),
        key,
        on: fc.boolean(),
        by: fc.integer({ min: 1, max: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('field' as const),
        key,
        keep: fc.constantFrom('upper' as const, 'digits' as const, 'all' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), key }) },
    { weight: 8, arbitrary: tie('inner') },
  ),
  inner: fc.oneof(
    fc.record(
      {
        kind: fc.constant('box' as const),
        key,
        title: fc.string({ maxLength: 3 }),
        size: fc.integer(),
        list: fc.array(fc.integer(), { maxLength: 3 }),
        children: tie('many'),
      },
      { requiredKeys: ['kind', 'key', 'children'] },
    ),
    fc.record({
      kind: fc.constant('panel' as const),
      key,
      header: fc.option(tie('many')),
      footer: fc.option(tie('many')),
      children: tie('many'),
    }),
    fc.record({ kind: fc.constant('fragment' as const), key, children: tie('many') }),
    fc.record({
      kind: fc.constant('either' as const),
      key,
      on: fc.boolean(),
      children: tie('many'),
      others: tie('many'),
    }),
    fc.record({
      kind: fc.constant('suspense' as const),
      key,
      on: fc.boolean(),
      children: tie('many'),
      fallback: tie('many'),
    }),
    fc.record({ kind: fc.constant('boundary' as const), key, on: fc.boolean(), children: tie('many') }),
  ),
}))

export const specs: fc.Arbitrary<readonly Spec[]> = unique(node, 5)

const transition = fc.boolean()
const nth = fc.nat({ max: 30 })

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), specs, transition }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('shuffle' as const), seed: fc.nat(), transition }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('toggle' as const), nth, transition }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), nth, transition }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('press' as const), nth, times: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('type' as const), nth, text: fc.string({ maxLength: 4 }) }),
  },
)

const LISTS = ['children', 'others', 'fallback', 'header', 'footer'] as const

/** The same specs with every list of children passed through `change`, the innermost first. */
const mapLists = (list: readonly Spec[], change: (list: readonly Spec[]) => readonly Spec[]): readonly Spec[] =>
  change(
    list.map((spec) => {
      if (typeof spec === 'string') return spec
      const held = Object.entries(spec).flatMap(([name, value]) =>
        LISTS.some((each) => each === name) && Array.isArray(value) ? [[name, mapLists(value, change)] as const] : [],
      )
      // Only lists of children were replaced, each by another list of them.
      return { ...spec, ...Object.fromEntries(held) } as Spec
    }),
  )

/** What is to be drawn after a step that changes the specs. */
export const nextSpecs = (current: readonly Spec[], change: Step): readonly Spec[] => {
  switch (change.kind) {
    case 'replace':
      return change.specs
    case 'shuffle': {
      let seed = change.seed
      // A linear congruential generator: the same seed shuffles the same way.
      const random = () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        return seed
      }
      return mapLists(current, (list) =>
        list
          .map((spec) => ({ spec, rank: random() }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ spec }) => spec),
      )
    }
    case 'toggle': {
      const count = countNodes(current, (spec) => typeof spec !== 'string' && 'on' in spec)
      const target = count === 0 ? -1 : change.nth % count
      let index = 0
      return mapLists(current, (list) =>
        list.map((spec) =>
          typeof spec !== 'string' && 'on' in spec && index++ === target ? { ...spec, on: !spec.on } : spec,
        ),
      )
    }
    case 'remove': {
      const count = countNodes(current, () => true)
      const target = count === 0 ? -1 : change.nth % count
      let index = 0
      return mapLists(current, (list) => list.filter(() => index++ !== target))
    }
    default:
      return current
  }
}

const countNodes = (current: readonly Spec[], which: (spec: Spec) => boolean): number => {
  let count = 0
  mapLists(current, (list) => {
    count += list.filter(which).length
    return list
  })
  return count
}
