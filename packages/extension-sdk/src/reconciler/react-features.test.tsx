// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import {
  Component,
  createContext,
  lazy,
  memo,
  type ReactNode,
  StrictMode,
  Suspense,
  use,
  useContext,
  useDeferredValue,
  useEffect,
  useId,
  useInsertionEffect,
  useLayoutEffect,
  useReducer,
  useState,
  useTransition,
} from 'react'
import { createPortal } from 'react-dom'
import { describe, expect, test } from 'vitest'
import { renderTree } from '../../test/support/render-tree'
import { Button, Card, Stack, Text } from '../client'

/** What people who know React expect to work, works through the bridge. */

const texts = (tree: ReturnType<typeof renderTree>) =>
  [...JSON.stringify(tree.model.draw()).matchAll(/"Text",\{\},\["([^"]*)"/g)].map(([, text]) => text)

const press = (tree: ReturnType<typeof renderTree>) => tree.root.dispatch(tree.model.find('Button', 'onPress'), [])

const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

class Boundary extends Component<{ name: string; children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {}
  static getDerivedStateFromError = (error: Error) => ({ error })
  override render() {
    const { error } = this.state
    return error ? <Text>{`${this.props.name} caught ${error.message}`}</Text> : this.props.children
  }
}

describe('useId', () => {
  const Named = () => <Text>{useId()}</Text>

  test('gives ids that differ within a root and stay the same', () => {
    let again = () => {}
    const App = () => {
      again = useReducer((count: number) => count + 1, 0)[1]
      return (
        <Stack>
          <Named />
          <Named />
        </Stack>
      )
    }
    const tree = renderTree(<App />)
    const before = texts(tree)
    again()
    expect(new Set(before).size).toBe(2)
    expect(before.every((id) => id?.includes('root'))).toBe(true)
    expect(texts(tree)).toEqual(before)
  })
})

describe('a transition', () => {
  test('shows that it is pending, lets urgent updates pass, and keeps what was there instead of a fallback', async () => {
    let resolve = (_value: string) => {}
    const promise = new Promise<string>((settle) => {
      resolve = settle
    })
    const Late = () => <Text>{use(promise)}</Text>
    let urgent = (_count: number) => {}
    const App = () => {
      const [isLate, setLate] = useState(false)
      const [count, setCount] = useState(0)
      const [isPending, start] = useTransition()
      urgent = setCount
      return (
        <Stack>
          <Button onPress={() => start(() => setLate(true))} />
          <Text>{`pending ${isPending} ${count}`}</Text>
          <Suspense fallback={<Text>waiting</Text>}>{isLate ? <Late /> : <Text>early</Text>}</Suspense>
        </Stack>
      )
    }
    const tree = renderTree(<App />)
    press(tree)
    await turns()
    expect(texts(tree)).toEqual(['pending true 0', 'early'])
    urgent(1)
    await turns()
    expect(texts(tree)).toEqual(['pending true 1', 'early'])
    const next = tree.nextBatch()
    resolve('late')
    await next
    await turns()
    expect(texts(tree)).toEqual(['pending false 1', 'late'])
    expect(tree.errors).toEqual([])
  })

  test('of a deferred value comes after the value itself', async () => {
    const App = () => {
      const [count, setCount] = useState(0)
      const deferred = useDeferredValue(count)
      return (
        <Stack>
          <Button onPress={() => setCount(count + 1)} />
          <Text>{`${count} ${deferred}`}</Text>
        </Stack>
      )
    }
    const tree = renderTree(<App />)
    press(tree)
    expect(texts(tree)).toEqual(['1 0'])
    await turns()
    expect(texts(tree)).toEqual(['1 1'])
  })
})

describe('StrictMode', () => {
  const isDevelopment = process.env.NODE_ENV !== 'production'

  test('runs effects twice in development, draws once, and every cleanup has run in the end', async () => {
    const log: string[] = []
    const Probe = () => {
      useLayoutEffect(() => {
        log.push('layout')
        return () => void log.push('layout cleaned')
      }, [])
      useEffect(() => {
        log.push('effect')
        return () => void log.push('effect cleaned')
      }, [])
      return <Button onPress={() => {}}>A</Button>
    }
    const tree = renderTree(
      <StrictMode>
        <Probe />
      </StrictMode>,
    )
    await turns()
    const twice = ['layout', 'effect', 'layout cleaned', 'effect cleaned', 'layout', 'effect']
    expect(log).toEqual(isDevelopment ? twice : ['layout', 'effect'])
    expect(tree.batches).toHaveLength(1)
    expect(tree.root.handlerCount).toBe(1)
    tree.root.dispose()
    expect(log.filter((entry) => entry.endsWith('cleaned'))).toHaveLength(isDevelopment ? 4 : 2)
    expect(tree.root.handlerCount).toBe(0)
  })
})

describe('unmounting', () => {
  test('runs the cleanups of every kind of effect, of the hidden and of the deep too', async () => {
    const cleaned: string[] = []
    const never = new Promise<never>(() => {})
    const Probe = ({ name, children }: { name: string; children?: ReactNode }) => {
      useInsertionEffect(() => () => void cleaned.push(`${name} insertion`), [name])
      useLayoutEffect(() => () => void cleaned.push(`${name} layout`), [name])
      useEffect(() => () => void cleaned.push(`${name} effect`), [name])
      return <Card footer={children}>{name}</Card>
    }
    const Wait = ({ on }: { on: boolean }) => (on ? use(never) : null)
    const view = (on: boolean) => (
      <Probe name="outer">
        <Probe name="slot" />
        <Suspense fallback={<Probe name="fallback" />}>
          <Probe name="hidden" />
          <Wait on={on} />
        </Suspense>
      </Probe>
    )
    const tree = renderTree(view(false))
    tree.root.render(view(true))
    await turns()
    tree.root.dispose()
    const expected = ['outer', 'slot', 'hidden', 'fallback'].flatMap((name) =>
      ['insertion', 'layout', 'effect'].map((kind) => `${name} ${kind}`),
    )
    expect(cleaned.sort()).toEqual(expected.sort())
  })

  test('goes on when a cleanup throws, and reports it', () => {
    const cleaned: string[] = []
    const Probe = ({ name }: { name: string }) => {
      useEffect(
        () => () => {
          cleaned.push(name)
          if (name === 'bad') throw new Error('in a cleanup')
        },
        [name],
      )
      return <Text>{name}</Text>
    }
    const tree = renderTree(
      <Stack>
        <Probe name="bad" />
        <Probe name="good" />
      </Stack>,
    )
    tree.root.dispose()
    expect(cleaned).toEqual(['bad', 'good'])
    expect(tree.errors).toMatchObject([{ caught: false, error: { message: 'in a cleanup' } }])
  })
})

describe('error boundaries', () => {
  test('the inner one catches; when its own fallback throws, the outer one does', () => {
    const Broken = ({ message }: { message: string }): ReactNode => {
      throw new Error(message)
    }
    class Helpless extends Component<{ children: ReactNode }, { failed: boolean }> {
      override state = { failed: false }
      static getDerivedStateFromError = () => ({ failed: true })
      override render() {
        return this.state.failed ? <Broken message="again" /> : this.props.children
      }
    }
    const tree = renderTree(
      <Stack>
        <Boundary name="outer">
          <Boundary name="inner">
            <Broken message="once" />
          </Boundary>
          <Helpless>
            <Broken message="first" />
          </Helpless>
        </Boundary>
        <Text>beside</Text>
      </Stack>,
    )
    expect(texts(tree)).toEqual(['outer caught again', 'beside'])
  })

  test('catch what effects throw, and keep what is beside them', async () => {
    const Late = ({ layout }: { layout: boolean }) => {
      useLayoutEffect(() => {
        if (layout) throw new Error('layout')
      }, [layout])
      useEffect(() => {
        if (!layout) throw new Error('effect')
      }, [layout])
      return <Button onPress={() => {}}>gone</Button>
    }
    const tree = renderTree(
      <Stack>
        <Boundary name="a">
          <Late layout />
        </Boundary>
        <Boundary name="b">
          <Late layout={false} />
        </Boundary>
      </Stack>,
    )
    await turns()
    expect(texts(tree)).toEqual(['a caught layout', 'b caught effect'])
    expect(tree.root.handlerCount).toBe(0)
  })
})

describe('what components are made of', () => {
  test('context, memo, lazy and reducers', async () => {
    const Level = createContext(0)
    let draws = 0
    const Quiet = memo(function Quiet() {
      draws++
      return <Text>{`level ${useContext(Level)}`}</Text>
    })
    const Lazy = lazy(async () => ({ default: Quiet }))
    const App = () => {
      const [count, add] = useReducer((value: number) => value + 1, 0)
      return (
        <Level.Provider value={2}>
          <Button onPress={add} />
          <Text>{String(count)}</Text>
          <Quiet />
          <Suspense fallback={null}>
            <Lazy />
          </Suspense>
        </Level.Provider>
      )
    }
    const tree = renderTree(<App />)
    await tree.nextBatch()
    press(tree)
    expect(texts(tree)).toEqual(['1', 'level 2', 'level 2'])
    expect(draws).toBe(2)
  })

  test('the real createPortal is refused with what to use instead', () => {
    // Anything with this number is a container to createPortal.
    const container = { nodeType: 1 } as unknown as Element
    const tree = renderTree(<Card>{createPortal(<Text>elsewhere</Text>, container)}</Card>)
    expect(tree.model.draw()).toEqual([])
    expect(tree.errors).toMatchObject([
      { caught: false, error: { code: 'PORTAL_NOT_SUPPORTED', message: expect.stringContaining('showDialog') } },
    ])
  })
})

describe('values of props', () => {
  // The components are typed against what cannot cross; JavaScript and casts are not.
  const Anything = 'Anything' as unknown as (props: Readonly<Record<string, unknown>>) => ReactNode

  class Node {
    readonly nodeType = 1
    readonly ownerDocument = null
  }
  class Money {
    constructor(readonly cents = 1) {}
  }

  test.each<[string, Record<string, unknown>, string]>([
    ['an event handler with a name that is none', { onpress: () => {} }, 'onpress is a function'],
    ['a function in a list', { rows: [1, { format: () => '' }] }, 'rows[1].format is a function'],
    ['a symbol in a record', { data: { tag: Symbol('x') } }, 'data.tag is a symbol'],
    ['something like an element of a document', { target: { at: new Node() } }, 'target.at is a Node'],
    ['a class instance in a map', { data: new Map([['a', new Money()]]) }, 'data (value 0) is a Money'],
    ['a class instance in a set', { data: new Set([new Money()]) }, 'data (item 0) is a Money'],
    ['a promise', { data: Promise.resolve() }, 'data is a Promise'],
    ['a regular expression', { data: /x/ }, 'data is a RegExp'],
    ['an error', { data: new Error('x') }, 'data is a Error'],
    ['a weak map', { data: new WeakMap() }, 'data is a WeakMap'],
    ['a cycle through a list', { data: cycle() }, 'data.list[0] refers back'],
    ['infinity', { size: Number.POSITIVE_INFINITY }, 'size is Infinity'],
    ['what is nested too deep', { data: nested(40) }, 'deeper than'],
  ])('%s is refused by its path', (_what, props, sentence) => {
    const tree = renderTree(
      <Boundary name="here">
        <Anything {...props} />
      </Boundary>,
    )
    const error = { code: 'VALUE_NOT_SENDABLE', message: expect.stringContaining(sentence) }
    expect(tree.errors).toMatchObject([{ caught: true, error }])
  })

  test.each<[string, unknown]>([
    ['a map', new Map([['a', [1, null]]])],
    ['a set', new Set(['a'])],
    ['bytes', new Uint8Array([1, 2])],
  ])('%s crosses', (_what, value) => {
    const tree = renderTree(<Anything data={value} />)
    expect(tree.model.draw()).toEqual([['Anything', { data: value }, []]])
    expect(tree.errors).toEqual([])
  })

  test.each<[string, unknown]>([
    ['a date', new Date(0)],
    ['a bigint', 10n],
    ['a record without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('%s crosses, and nothing is sent when it says the same again', (_what, value) => {
    const tree = renderTree(<Anything data={value} />)
    expect(tree.model.draw()).toEqual([['Anything', { data: value }, []]])
    tree.root.render(<Anything data={structuredClone(value)} />)
    expect(tree.model.draw()).toEqual([['Anything', { data: value }, []]])
    expect(tree.batches).toHaveLength(1)
  })
})

function cycle(): unknown {
  const value: { list: unknown[] } = { list: [] }
  value.list.push(value)
  return value
}

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = [value]
  return value
}
