// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import {
  Component,
  Fragment,
  type ReactNode,
  Suspense,
  startTransition,
  use,
  useEffect,
  useLayoutEffect,
  useState,
  ViewTransition,
} from 'react'
import { describe, expect, test } from 'vitest'
import { renderTree } from '../../test/support/render-tree'
import { Button, Card, Input, List, Stack, Table, Text } from '../client'
import { DEFAULT_LIMITS, parseTreeBatch } from '../protocol'

const rows = (keys: string) => (
  <List>
    {[...keys].map((key) => (
      <Text key={key}>{key}</Text>
    ))}
  </List>
)

const order = (tree: ReturnType<typeof renderTree>) =>
  JSON.stringify(tree.model.draw())
    .replace(/[^A-Z]/g, '')
    .replace(/LT|T/g, '')

class Boundary extends Component<{ children: ReactNode; onError?: (error: unknown) => void }, { error?: Error }> {
  override state: { error?: Error } = {}
  static getDerivedStateFromError = (error: Error) => ({ error })
  override render() {
    return this.state.error ? (
      <Text>{`caught ${'code' in this.state.error ? this.state.error.code : ''}`}</Text>
    ) : (
      this.props.children
    )
  }
}

describe('the first commit', () => {
  test('inserts the whole tree in one batch that parses', () => {
    const tree = renderTree(
      <Stack gap="small">
        <Text>Hello {1}</Text>
        <Button onPress={() => {}}>Go</Button>
      </Stack>,
    )
    expect(tree.batches).toHaveLength(1)
    expect(parseTreeBatch(tree.batches[0], DEFAULT_LIMITS)).toEqual(tree.batches[0])
    expect(tree.batches[0]).toMatchObject({ rootId: 'root', commit: 1 })
    expect(tree.model.draw()).toEqual([
      [
        'Stack',
        { gap: 'small' },
        [
          ['Text', {}, ['Hello ', '1']],
          ['Button', {}, ['Go']],
        ],
      ],
    ])
  })

  test('of nothing says so, so that nobody waits for more', () => {
    const tree = renderTree(null)
    expect(tree.batches).toEqual([{ rootId: 'root', commit: 1, operations: [] }])
    tree.root.render(null)
    expect(tree.batches).toHaveLength(1)
  })

  test('that waits for something sends nothing before it is there', async () => {
    const { promise, resolve } = manual()
    const Late = () => <Text>{use(promise) as string}</Text>
    const tree = renderTree(<Late />)
    expect(tree.batches).toEqual([])
    const next = tree.nextBatch()
    resolve('here')
    await next
    expect(tree.model.draw()).toEqual([['Text', {}, ['here']]])
  })
})

describe('an update', () => {
  test('that changes nothing sends nothing, also when literals and closures are new', () => {
    const view = () => (
      <Card title="A">
        <Button onPress={() => {}}>Go</Button>
        <Table label="T">{null}</Table>
      </Card>
    )
    const tree = renderTree(view())
    tree.root.render(view())
    expect(tree.batches).toHaveLength(1)
  })

  test('that writes the same array anew sends nothing', () => {
    const view = (label: string) => <Input label="L" value={label} />
    const tree = renderTree(view('x'))
    tree.root.render(view('x'))
    expect(tree.batches).toHaveLength(1)
  })

  test('sends only the props that changed, and the names of those that are gone', () => {
    const tree = renderTree(<Card title="A" description="B" />)
    tree.root.render(<Card title="C" />)
    expect(tree.last()).toEqual([{ op: 'set', id: 1, props: { title: 'C' }, unset: ['description'] }])
  })

  test('of a text sends the text', () => {
    const tree = renderTree(<Text>A</Text>)
    tree.root.render(<Text>B</Text>)
    expect(tree.last()).toEqual([{ op: 'text', id: 2, text: 'B' }])
  })

  test('that adds or takes an event prop sends the names', () => {
    const tree = renderTree(<Button>A</Button>)
    tree.root.render(<Button onPress={() => {}}>A</Button>)
    expect(tree.last()).toEqual([{ op: 'handlers', id: 1, handlers: ['onPress'] }])
    tree.root.render(<Button>A</Button>)
    expect(tree.last()).toEqual([{ op: 'handlers', id: 1, handlers: [] }])
    expect(tree.root.handlerCount).toBe(0)
  })

  test('appends without touching what is there', () => {
    const tree = renderTree(rows('AB'))
    tree.root.render(rows('ABC'))
    expect(tree.last()).toMatchObject([{ op: 'insert', parent: 1, before: 0 }])
    expect(order(tree)).toBe('ABC')
  })

  test('removes neighbours in one operation and never uses an id again', () => {
    const tree = renderTree(rows('ABCD'))
    tree.root.render(rows('AD'))
    expect(tree.last()).toEqual([{ op: 'remove', ids: [4, 6] }])
    tree.root.render(rows('ABD'))
    expect(tree.last()).toMatchObject([{ op: 'insert', node: { id: 10 } }])
  })
})

describe('a keyed reorder', () => {
  test.each([
    ['ABC', 'CAB', 1],
    ['ABC', 'CBA', 2],
    ['ABCDEFGH', 'HBCDEFGA', 2],
    ['ABCD', 'BCDA', 1],
    ['ABCD', 'DABC', 1],
    ['ABCDEF', 'ABCDEF', 0],
  ])('from %s to %s takes %i moves', (before, after, moves) => {
    const tree = renderTree(rows(before))
    tree.root.render(rows(after))
    expect(order(tree)).toBe(after)
    const last = tree.batches.length > 1 ? tree.last() : []
    expect(last.map(({ op }) => op)).toEqual(Array.from({ length: moves }, () => 'move'))
  })

  test('of two rows among a thousand takes two moves', () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => index)
    const view = (items: readonly number[]) => (
      <List>
        {items.map((item) => (
          <Text key={item}>{item}</Text>
        ))}
      </List>
    )
    const tree = renderTree(view(numbers))
    const swapped = numbers.with(1, 998).with(998, 1)
    tree.root.render(view(swapped))
    expect(tree.last()).toHaveLength(2)
    expect(tree.model.draw()).toEqual([['List', {}, swapped.map((item) => ['Text', {}, [String(item)]])]])
  })

  test('with additions and removals puts new rows in their place without moving them', () => {
    const tree = renderTree(rows('ABCDE'))
    tree.root.render(rows('EXACYD'))
    expect(order(tree)).toBe('EXACYD')
    expect(
      tree
        .last()
        .map(({ op }) => op)
        .sort(),
    ).toEqual(['insert', 'insert', 'move', 'remove'])
  })
})

describe('events', () => {
  test('call the newest closure without anything having been sent for it', () => {
    const calls: string[] = []
    const view = (name: string) => <Button onPress={() => calls.push(name)}>A</Button>
    const tree = renderTree(view('first'))
    tree.root.render(view('second'))
    tree.root.dispatch(tree.model.find('Button', 'onPress'), [])
    expect(calls).toEqual(['second'])
    expect(tree.batches).toHaveLength(1)
  })

  test('hand over what they caused before dispatch returns', () => {
    const Counter = () => {
      const [count, setCount] = useState(0)
      return <Button onPress={() => setCount(count + 1)}>{count}</Button>
    }
    const tree = renderTree(<Counter />)
    tree.root.dispatch(tree.model.find('Button', 'onPress'), [])
    expect(tree.model.draw()).toEqual([['Button', {}, ['1']]])
  })

  test.each(['1', '99:onPress', '1:constructor', '1:__proto__', '1:label', '1:onChange', 'x:onPress', ''])(
    'for the reference %j that names no handler are refused',
    (reference) => {
      const tree = renderTree(<Button label="A" onPress={() => {}} />)
      expect(() => tree.root.dispatch(reference, [])).toThrow(expect.objectContaining({ code: 'HANDLER_NOT_FOUND' }))
    },
  )

  test('of a removed element are refused', () => {
    const tree = renderTree(<Button onPress={() => {}}>A</Button>)
    const reference = tree.model.find('Button', 'onPress')
    tree.root.render(null)
    expect(() => tree.root.dispatch(reference, [])).toThrow(expect.objectContaining({ code: 'HANDLER_NOT_FOUND' }))
    expect(tree.root.handlerCount).toBe(0)
  })

  test('that throw still hand over what they had changed', () => {
    const Broken = () => {
      const [label, setLabel] = useState('before')
      const press = () => {
        setLabel('after')
        throw new Error('no')
      }
      return <Button onPress={press}>{label}</Button>
    }
    const tree = renderTree(<Broken />)
    expect(() => tree.root.dispatch(tree.model.find('Button', 'onPress'), [])).toThrow('no')
    expect(tree.model.draw()).toEqual([['Button', {}, ['after']]])
  })
})

describe('a controlled field', () => {
  const Field = ({ keep }: { keep: (text: string) => string }) => {
    const [value, setValue] = useState('')
    return <Input label="L" value={value} onChange={(text) => setValue(keep(text))} />
  }

  test('acknowledges the edit in front of the value that answers it', () => {
    const tree = renderTree(<Field keep={(text) => text.toUpperCase()} />)
    tree.root.dispatch(tree.model.find('Input', 'onChange'), ['a'], 1)
    expect(tree.last()).toEqual([
      { op: 'ack', id: 1, eventVersion: 1 },
      { op: 'set', id: 1, props: { value: 'A' }, unset: [] },
    ])
    expect(tree.batches).toHaveLength(2)
  })

  test('acknowledges an edit that it refuses', () => {
    const tree = renderTree(<Field keep={(text) => text.replace(/\D/g, '')} />)
    tree.root.dispatch(tree.model.find('Input', 'onChange'), ['a'], 7)
    expect(tree.last()).toEqual([{ op: 'ack', id: 1, eventVersion: 7 }])
  })

  test('acknowledges an edit whose handler throws', () => {
    const tree = renderTree(
      <Field
        keep={() => {
          throw new Error('no')
        }}
      />,
    )
    expect(() => tree.root.dispatch(tree.model.find('Input', 'onChange'), ['a'], 3)).toThrow('no')
    expect(tree.last()).toEqual([{ op: 'ack', id: 1, eventVersion: 3 }])
  })
})

describe('slots', () => {
  test('become children that carry the name, with events that work', () => {
    const Counter = () => {
      const [count, setCount] = useState(0)
      return (
        <Card title="T" footer={<Button onPress={() => setCount(count + 1)}>{count}</Button>}>
          body
        </Card>
      )
    }
    const tree = renderTree(<Counter />)
    tree.root.dispatch(tree.model.find('Button', 'onPress'), [])
    expect(tree.model.draw()).toEqual([
      ['Card', { title: 'T' }, ['body', ['#slot', { name: 'footer' }, [['Button', {}, ['1']]]]]],
    ])
  })

  test('keep the state of the others when one comes and goes', () => {
    let mounts = 0
    const Probe = () => {
      useEffect(() => void mounts++, [])
      return <Text>probe</Text>
    }
    const view = (actions: ReactNode) => (
      <Card actions={actions} footer={<Probe />}>
        <Probe />
      </Card>
    )
    const tree = renderTree(view(null))
    tree.root.render(view(<Text>action</Text>))
    tree.root.render(view(false))
    tree.root.dispose()
    expect(mounts).toBe(2)
  })
})

describe('what cannot be sent', () => {
  test.each([
    ['a function', { data: () => {} }, 'data is a function'],
    ['a function inside data', { options: [{ value: () => {} }] }, 'options[0].value is a function'],
    ['a class instance', { data: new (class Money {})() }, 'Money'],
    ['a symbol', { data: Symbol('x') }, 'symbol'],
    ['NaN', { data: Number.NaN }, 'NaN'],
    ['an element outside a slot', { data: <Text>x</Text> }, 'data.'],
    ['a prototype key', { data: JSON.parse('{"__proto__":1}') }, '__proto__'],
    ['a very long string', { data: 'x'.repeat(1_001) }, '1001 characters'],
  ])('%s is refused with its path, in the boundary around it', (_what, props, sentence) => {
    // The components are typed against all of this; JavaScript and casts are not.
    const Anything = 'Anything' as unknown as (props: { data?: unknown; options?: unknown }) => ReactNode
    const tree = renderTree(
      <Boundary>
        <Anything {...props} />
      </Boundary>,
    )
    expect(tree.model.draw()).toEqual([['Text', {}, ['caught VALUE_NOT_SENDABLE']]])
    expect(tree.errors).toMatchObject([{ caught: true, error: { message: expect.stringContaining(sentence) } }])
  })

  test('is refused in an update too, and the tree before it stays whole until the boundary draws', () => {
    const Anything = 'Anything' as unknown as (props: { data?: unknown; options?: unknown }) => ReactNode
    const view = (data: unknown) => (
      <Boundary>
        <Anything data={data} />
      </Boundary>
    )
    const tree = renderTree(view(1))
    tree.root.render(view(() => {}))
    expect(tree.model.draw()).toEqual([['Text', {}, ['caught VALUE_NOT_SENDABLE']]])
  })

  test('a cycle is refused', () => {
    const Anything = 'Anything' as unknown as (props: { data?: unknown; options?: unknown }) => ReactNode
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const tree = renderTree(<Anything data={cycle} />)
    expect(tree.errors).toMatchObject([{ caught: false, error: { code: 'VALUE_NOT_SENDABLE' } }])
  })
})

describe('errors', () => {
  test('that nobody catches are reported with the component stack and empty the root', () => {
    const Broken = ({ broken }: { broken: boolean }) => {
      if (broken) throw new Error('broken')
      return <Text>fine</Text>
    }
    const tree = renderTree(<Broken broken={false} />)
    tree.root.render(<Broken broken />)
    expect(tree.model.draw()).toEqual([])
    expect(tree.errors).toMatchObject([
      { caught: false, error: { message: 'broken' }, componentStack: expect.stringContaining('Broken') },
    ])
  })

  test('a portal is refused with a code, and the boundary around it and its siblings go on', () => {
    const portal = {
      $$typeof: Symbol.for('react.portal'),
      key: null,
      children: 'x',
      containerInfo: { nodeType: 1 },
      implementation: null,
    } as unknown as ReactNode
    const tree = renderTree(
      <Stack>
        <Boundary>
          <Card>{portal}</Card>
        </Boundary>
        <Text>after</Text>
      </Stack>,
    )
    expect(tree.model.draw()).toEqual([
      [
        'Stack',
        {},
        [
          ['Text', {}, ['caught PORTAL_NOT_SUPPORTED']],
          ['Text', {}, ['after']],
        ],
      ],
    ])
  })
})

describe('Suspense', () => {
  test('shows the fallback, then the content', async () => {
    const { promise, resolve } = manual()
    const Late = () => <Text>{use(promise) as string}</Text>
    const tree = renderTree(
      <Suspense fallback={<Text>waiting</Text>}>
        <Late />
      </Suspense>,
    )
    expect(tree.model.draw()).toEqual([['Text', {}, ['waiting']]])
    const next = tree.nextBatch()
    resolve('here')
    await next
    expect(tree.model.draw()).toEqual([['Text', {}, ['here']]])
  })

  test('hides what was there while an update waits, keeps its state, and shows it again', async () => {
    const { promise, resolve } = manual()
    const Maybe = ({ wait }: { wait: boolean }) => <Text>{wait ? (use(promise) as string) : 'ready'}</Text>
    const view = (wait: boolean) => (
      <Suspense fallback={<Text>waiting</Text>}>
        <Stack>
          <Button onPress={() => {}}>stays</Button>
        </Stack>
        bare
        <Maybe wait={wait} />
      </Suspense>
    )
    const tree = renderTree(view(false))
    tree.root.render(view(true))
    expect(tree.model.draw()).toEqual([['Text', {}, ['waiting']]])
    expect(tree.last().filter(({ op }) => op === 'remove')).toEqual([])
    const next = tree.nextBatch()
    resolve('here')
    await next
    expect(tree.model.draw()).toEqual([['Stack', {}, [['Button', {}, ['stays']]]], 'bare', ['Text', {}, ['here']]])
  })
})

const manual = () => {
  let resolve: (value: unknown) => void = () => {}
  const promise = new Promise<unknown>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

describe('what React has for browsers', () => {
  test('<ViewTransition>, fragment refs and element refs do no harm', async () => {
    let rename: (name: string) => void = () => {}
    const refs: unknown[] = []
    const View = () => {
      const [name, setName] = useState('before')
      rename = (next) => startTransition(() => setName(next))
      return (
        <ViewTransition key={name}>
          {/* biome-ignore lint/complexity/noUselessFragments: its ref is what the test is about. */}
          <Fragment ref={(ref) => void refs.push(ref)}>
            <Text>{name}</Text>
            <Text>always</Text>
          </Fragment>
        </ViewTransition>
      )
    }
    const tree = renderTree(<View />)
    const next = tree.nextBatch()
    rename('after')
    await next
    expect(tree.model.draw()).toEqual([
      ['Text', {}, ['after']],
      ['Text', {}, ['always']],
    ])
    expect(tree.errors).toEqual([])
    expect(refs.filter(Boolean)).toEqual([])
    tree.root.dispose()
  })
})

describe('disposing', () => {
  test('runs every cleanup before it returns, sends nothing and leaves no handler', () => {
    const cleaned: string[] = []
    const Probe = () => {
      useEffect(() => () => void cleaned.push('effect'), [])
      useLayoutEffect(() => () => void cleaned.push('layout'), [])
      return <Button onPress={() => {}}>A</Button>
    }
    const tree = renderTree(<Probe />)
    tree.root.dispose()
    expect(cleaned.sort()).toEqual(['effect', 'layout'])
    expect(tree.batches).toHaveLength(1)
    expect(tree.root.handlerCount).toBe(0)
  })

  test('a thousand mounts and unmounts leave no handlers behind', () => {
    const view = (index: number) => (
      <Stack key={index}>
        {rows('ABC')}
        <Button onPress={() => {}}>A</Button>
      </Stack>
    )
    const tree = renderTree(view(0))
    for (let index = 1; index <= 1_000; index++) tree.root.render(view(index))
    expect(tree.root.handlerCount).toBe(1)
    expect(tree.model.nodeCount()).toBe(10)
  })
})
