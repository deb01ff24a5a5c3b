// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import { Component, type ReactNode, useEffect, useState } from 'react'
import { expect, test, vi } from 'vitest'
import { createTreeModel } from '../../test/support/tree-model'
import { Stack, Text } from '../client'
import { createPackedReader, DEFAULT_LIMITS, isRefusal } from '../protocol'
import { createRoot, type RenderError } from './create-root'
import { createReconciler } from './host-config'

const LIMITS = { nodesPerRoot: 10, treeDepth: 4, handlersPerRoot: 3, batchBytes: 2_000 }

const draw = (node: ReactNode) => {
  const model = createTreeModel()
  const errors: RenderError[] = []
  const reader = createPackedReader(DEFAULT_LIMITS)
  const root = createRoot(createReconciler(), {
    rootId: 'root',
    stringLength: 1_000,
    limits: LIMITS,
    onCommit: () => {},
    onPackedCommit(packed) {
      const batch = reader.unpack(packed)
      if (isRefusal(batch)) throw new Error(batch.refused)
      model.apply(structuredClone(batch))
    },
    onError: (error) => errors.push(error),
    callMethod: async () => {},
  })
  root.render(node)
  return { root, errors, show: () => JSON.stringify(model.draw()) }
}

class Boundary extends Component<{ readonly children: ReactNode }, { readonly message?: string }> {
  override state: { readonly message?: string } = {}
  static getDerivedStateFromError(error: Error & { code?: string }) {
    return { message: `${error.code}: ${error.message}` }
  }
  override render() {
    return this.state.message ? <Text>{this.state.message}</Text> : this.props.children
  }
}

const letters = (count: number) => [...'abcdefghij'].slice(0, count)
const rows = (count: number) => letters(count).map((letter) => <Text key={letter}>{letter}</Text>)
const nested = (levels: number): ReactNode => (levels === 0 ? 'x' : <Stack>{nested(levels - 1)}</Stack>)

test.each([
  ['nodes', rows(6), 'More than 10 nodes'],
  ['levels', nested(4), 'More than 4 levels'],
])('too many %s are refused in the render, at the boundary around them', (_what, node, message) => {
  const { show } = draw(<Boundary>{node}</Boundary>)
  expect(show()).toContain(`LIMIT_EXCEEDED: ${message}`)
})

test.each([
  ['nodes', rows(5)],
  ['levels', nested(3)],
])('as many %s as there may be are drawn', (_what, node) => {
  const { errors, show } = draw(node)
  expect(errors).toEqual([])
  expect(show()).not.toBe('[]')
})

test('what is added too deep in a tree that stands is refused at the boundary around it', () => {
  const page = (levels: number) => (
    <Stack>
      <Stack>
        <Boundary>{nested(levels)}</Boundary>
      </Stack>
    </Stack>
  )
  const { root, show } = draw(page(1))
  root.render(
    <Stack>
      <Stack>
        <Boundary>
          {nested(1)}
          {nested(2)}
        </Boundary>
      </Stack>
    </Stack>,
  )
  expect(show()).toContain('LIMIT_EXCEEDED: More than 4 levels')
})

test('a tree that is replaced by another of the same size is no more than it was', () => {
  const { root, errors, show } = draw(<Stack key="a">{rows(4)}</Stack>)
  root.render(<Stack key="b">{rows(4)}</Stack>)
  expect(errors).toEqual([])
  expect(show()).toContain('"d"')
})

test('a tree that grows bit by bit over its limit is taken down alone, with its effects cleaned up', async () => {
  const cleaned = vi.fn()
  const List = ({ count }: { readonly count: number }) => {
    useEffect(() => cleaned, [])
    return <Stack>{rows(count)}</Stack>
  }
  const { root, errors } = draw(<List count={3} />)
  root.render(<List count={6} />)
  expect(errors).toMatchObject([{ caught: false, error: { code: 'LIMIT_EXCEEDED' } }])
  await expect.poll(() => cleaned).toHaveBeenCalledOnce()
})

const page = (...texts: readonly string[]) => (
  <Stack>
    {texts.map((text) => (
      <Text key={text[0]}>{text}</Text>
    ))}
  </Stack>
)
const large = page(...['a', 'b', 'c'].map((letter) => letter.repeat(900)))

test.each([
  ['a first batch', [large]],
  ['an update', [page('a'), large]],
])('%s that the product would drop for its size takes the tree down and says so', (_what, pages) => {
  const { root, errors } = draw(pages[0])
  for (const next of pages.slice(1)) root.render(next)
  expect(errors).toMatchObject([{ error: { code: 'LIMIT_EXCEEDED', message: expect.stringContaining('bytes') } }])
})

test.each([
  ['a prop with the name of a prototype key', { constructor: 'x' }],
  ['a prop with a name that is too long', { ['x'.repeat(201)]: 'x' }],
])('%s is refused in the render, at the boundary around it', (_what, props) => {
  const { show, errors } = draw(
    <Boundary>
      <Text {...props}>a</Text>
    </Boundary>,
  )
  expect(errors).toMatchObject([{ caught: true }])
  expect(show()).toContain('VALUE_NOT_SENDABLE')
})

test('a component whose name is no name is refused in the render', () => {
  const Nameless = 'x'.repeat(201) as unknown as typeof Text
  const { show } = draw(
    <Boundary>
      <Nameless>a</Nameless>
    </Boundary>,
  )
  expect(show()).toContain('VALUE_NOT_SENDABLE')
})

test.each([
  ['alone', (text: string) => <Text>{text}</Text>],
  [
    'beside others',
    (text: string) => (
      <Text>
        {'a'}
        {text}
      </Text>
    ),
  ],
])('a text %s that grows too long is refused at the boundary around it, as one that begins so', (_where, page) => {
  const { root, show } = draw(<Boundary>{page('short')}</Boundary>)
  root.render(<Boundary>{page('x'.repeat(1_001))}</Boundary>)
  expect(show()).toContain('VALUE_NOT_SENDABLE')
})

test('more handlers than there may be take the tree down', () => {
  const press = () => {}
  const Buttons = () => {
    const [count] = useState(4)
    return letters(count).map((letter) => <Text key={letter} {...{ onPress: press }} />)
  }
  const { errors } = draw(<Buttons />)
  expect(errors).toMatchObject([{ error: { code: 'LIMIT_EXCEEDED', message: expect.stringContaining('3 handlers') } }])
})
