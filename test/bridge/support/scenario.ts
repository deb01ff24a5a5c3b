// biome-ignore-all lint/correctness/noComponentHookFactories: each scenario has components of its own, made with the React of its side.
import type { Kit } from './kit'

/** A React tree as data, so that the same one can be drawn on both sides and changed step by step. */
export type Spec =
  | string
  | { kind: 'box'; key: string; title?: string; size?: number; list?: readonly number[]; children: readonly Spec[] }
  | {
      kind: 'panel'
      key: string
      header: readonly Spec[] | null
      footer: readonly Spec[] | null
      children: readonly Spec[]
    }
  | { kind: 'counter'; key: string; on: boolean; by: number }
  | { kind: 'field'; key: string; keep: 'upper' | 'digits' | 'all' }
  | { kind: 'late'; key: string }
  | { kind: 'fragment'; key: string; children: readonly Spec[] }
  | { kind: 'either'; key: string; on: boolean; children: readonly Spec[]; others: readonly Spec[] }
  | { kind: 'suspense'; key: string; on: boolean; children: readonly Spec[]; fallback: readonly Spec[] }
  | { kind: 'boundary'; key: string; on: boolean; children: readonly Spec[] }

const KEEP = {
  upper: (text: string) => text.toUpperCase(),
  digits: (text: string) => text.replace(/\D/g, ''),
  all: (text: string) => text,
}

/** One drawing of a spec with one kit. `set` changes what is drawn. */
export const createScenario = ({ React, Box, Panel, Button, Field }: Kit, first: readonly Spec[], strict: boolean) => {
  const h = React.createElement
  const setters = new Set<(spec: readonly Spec[]) => void>()
  const alive = new Map<string, number>()
  const never = new Promise<void>(() => {})
  let current = first

  /** Counts how often the component with this key is mounted. */
  const useAlive = (key: string) =>
    React.useEffect(() => {
      alive.set(key, (alive.get(key) ?? 0) + 1)
      return () => {
        const left = (alive.get(key) ?? 0) - 1
        if (left === 0) alive.delete(key)
        else alive.set(key, left)
      }
    }, [key])

  const Depth = React.createContext(0)

  const Counter = ({ name, on, by }: { name: string; on: boolean; by: number }) => {
    const [count, setCount] = React.useState(0)
    const depth = React.useContext(Depth)
    useAlive(name)
    const press = () => setCount(count + by)
    return h(Button, { label: `${name}:${count}@${depth}`, ...(on ? { onPress: press } : {}) })
  }

  const Typed = ({ name, keep }: { name: string; keep: keyof typeof KEEP }) => {
    const [value, setValue] = React.useState('')
    useAlive(name)
    return h(Field, { value, onChange: (text: string) => setValue(KEEP[keep](text)) })
  }

  const Late = ({ name }: { name: string }) => {
    const [state, setState] = React.useState('new')
    useAlive(name)
    React.useLayoutEffect(() => setState((before) => `${before}-laid`), [])
    React.useEffect(() => setState((before) => `${before}-shown`), [])
    // How often effects run differs with StrictMode only, and that equally on both sides.
    return h(Box, { title: state }, name)
  }

  const Waiting = ({ on }: { on: boolean }) => {
    if (on) throw never
    return null
  }

  const Throwing = ({ on, name }: { on: boolean; name: string }) => {
    if (on) throw new Error(`thrown by ${name}`)
    return null
  }

  class Boundary extends React.Component<{ children?: unknown }, { message: string | null }> {
    override state: { message: string | null } = { message: null }
    static getDerivedStateFromError = ({ message }: Error) => ({ message })
    override render() {
      return this.state.message === null ? (this.props.children as null) : h(Box, { title: this.state.message })
    }
  }

  const all = (specs: readonly Spec[]) => specs.map(draw)

  const draw = (spec: Spec): ReturnType<typeof h> | string => {
    if (typeof spec === 'string') return spec
    const { key } = spec
    switch (spec.kind) {
      case 'box': {
        const { title, size, list, children } = spec
        return h(
          Box,
          {
            key,
            ...(title === undefined ? {} : { title }),
            ...(size === undefined ? {} : { size }),
            ...(list === undefined ? {} : { list }),
          },
          h(Depth.Provider, { value: children.length }, all(children)),
        )
      }
      case 'panel':
        return h(
          Panel,
          { key, header: spec.header && all(spec.header), footer: spec.footer && all(spec.footer) },
          all(spec.children),
        )
      case 'counter':
        return h(Counter, { key, name: key, on: spec.on, by: spec.by })
      case 'field':
        return h(Typed, { key, name: key, keep: spec.keep })
      case 'late':
        return h(Late, { key, name: key })
      case 'fragment':
        return h(React.Fragment, { key }, all(spec.children))
      case 'either':
        return h(
          React.Fragment,
          { key },
          spec.on ? all(spec.children) : null,
          spec.on ? null : h(Box, null, all(spec.others)),
        )
      case 'suspense':
        return h(
          React.Suspense,
          { key, fallback: h(Box, { title: 'waiting' }, all(spec.fallback)) },
          all(spec.children),
          h(Waiting, { on: spec.on }),
        )
      case 'boundary':
        // A new key gives a boundary that has caught something another try.
        return h(Boundary, { key: `${key}${spec.on}` }, all(spec.children), h(Throwing, { on: spec.on, name: key }))
    }
  }

  const Scenario = () => {
    const [spec, setSpec] = React.useState(current)
    React.useLayoutEffect(() => {
      setters.add(setSpec)
      // It may have changed between this render and now.
      setSpec(current)
      return () => void setters.delete(setSpec)
    }, [])
    return h(Box, { title: 'root' }, all(spec))
  }

  return {
    Scenario: () => (strict ? h(React.StrictMode, null, h(Scenario)) : h(Scenario)),
    alive: () => Object.fromEntries([...alive].sort(([a], [b]) => (a < b ? -1 : 1))),
    set(spec: readonly Spec[], transition: boolean) {
      current = spec
      const change = () => {
        for (const setSpec of setters) setSpec(spec)
      }
      if (transition) React.startTransition(change)
      else change()
    },
  }
}
