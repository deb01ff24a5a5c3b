// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import { type ComponentRef, createRef, useEffect, useRef, useState } from 'react'
import { expect, expectTypeOf, test } from 'vitest'
import { renderTree } from '../../test/support/render-tree'
import { Button, Card, createComponent, Form, Input, type RemoteMethods, Text } from '../client'
import { defineContract, type StandardContract } from '../protocol'

type InputMethods = RemoteMethods<StandardContract['components']['Input']>

test('a ref has exactly the methods of the contract, and calling one asks for the node it stands for', async () => {
  const ref = createRef<InputMethods>()
  const tree = renderTree(
    <Form>
      <Input label="Name" ref={ref} />
    </Form>,
  )
  expect(Object.keys(ref.current ?? {}).sort()).toEqual(['focus', 'scrollIntoView', 'select'])
  await expect(ref.current?.focus()).resolves.toBeUndefined()
  expect(tree.calls).toEqual([[2, 'focus']])
})

test('a ref is the same object over renders, and ends with its node', async () => {
  const seen = new Set<unknown>()
  const view = (label: string) => (
    <Input
      label={label}
      ref={(methods) => {
        if (methods) seen.add(methods)
      }}
    />
  )
  const tree = renderTree(view('A'))
  tree.root.render(view('B'))
  expect(seen.size).toBe(1)
  const [ref] = [...seen] as InputMethods[]
  tree.root.render(null)
  await expect(ref?.focus()).rejects.toMatchObject({ code: 'UNKNOWN_NODE' })
  expect(tree.calls).toEqual([])
})

test('a ref inside a removed parent, or a disposed root, is refused too', async () => {
  const ref = createRef<InputMethods>()
  const view = (
    <Card title="A">
      <Input label="Name" ref={ref} />
    </Card>
  )
  const tree = renderTree(view)
  const first = ref.current
  tree.root.render(<Text>gone</Text>)
  await expect(first?.focus()).rejects.toMatchObject({ code: 'UNKNOWN_NODE' })
  tree.root.render(view)
  const second = ref.current
  expect(second).not.toBe(first)
  tree.root.dispose()
  await expect(second?.focus()).rejects.toMatchObject({ code: 'UNKNOWN_NODE' })
  expect(tree.calls).toEqual([])
})

test('an effect of the first render can use it already: the batch that inserts the node has been handed over', () => {
  const tree = renderTree(null)
  const before = tree.batches.length
  let batchesThen = 0
  const Field = () => {
    const ref = useRef<InputMethods>(null)
    useEffect(() => {
      batchesThen = tree.batches.length
      void ref.current?.select()
    }, [])
    return <Input label="Name" ref={ref} />
  }
  tree.root.render(<Field />)
  expect(batchesThen).toBe(before + 1)
  expect(tree.calls).toEqual([[1, 'select']])
})

test('a component with slots passes its ref on, and it survives updates', async () => {
  const ref = createRef<RemoteMethods<StandardContract['components']['Card']>>()
  const Toggle = () => {
    const [isOpen, setOpen] = useState(false)
    return (
      <Card ref={ref} title="A" footer={isOpen ? <Text>open</Text> : null}>
        <Button label="Open" onPress={() => setOpen(true)} />
      </Card>
    )
  }
  const tree = renderTree(<Toggle />)
  const before = ref.current
  tree.root.dispatch(tree.model.find('Button', 'onPress') ?? '', [])
  expect(ref.current).toBe(before)
  await ref.current?.scrollIntoView()
  expect(tree.calls).toEqual([[1, 'scrollIntoView']])
})

test('a contract of a product declares methods of its own; a component without any has no ref', () => {
  const contract = { description: 'A map.', props: {}, events: {}, children: false, slots: [] } as const
  const MapView = createComponent('MapView', { ...contract, methods: ['zoomIn'] })
  const Plain = createComponent('Plain', contract)
  const map = createRef<{ zoomIn(): Promise<void> }>()
  const plain = createRef<object>()
  const tree = renderTree([<MapView key="1" ref={map} />, <Plain key="2" ref={plain} />])
  void map.current?.zoomIn()
  expect(tree.calls).toEqual([[2, 'zoomIn']])
  expect(plain.current).toBeNull()
})

test('the type of a ref knows its methods', () => {
  expectTypeOf<ComponentRef<typeof Input>>().toEqualTypeOf<InputMethods>()
  expectTypeOf<keyof InputMethods>().toEqualTypeOf<'focus' | 'select' | 'scrollIntoView'>()
  // @ts-expect-error a form cannot be focused
  createRef<RemoteMethods<StandardContract['components']['Form']>>().current?.focus()
})

test.each(['then', 'constructor', '__proto__', 'Focus', 'a b', ''])(
  'a contract with a method %j is refused',
  (name) => {
    const component = { description: '', props: {}, events: {}, children: false, slots: [], methods: [name] }
    expect(() => defineContract({ components: { A: component }, surfaces: {} })).toThrow(TypeError)
  },
)
