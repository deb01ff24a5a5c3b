import type { NodeShape } from '../protocol/tree-writer'
import { isCarried, isEventProp } from './props'
import type { HostProps } from './tree'

/** Finds the shape of an element. Elements with the same names have the same shape, which is what a host checks and a wire sends once. */
export interface Shapes {
  of(component: string, props: HostProps): NodeShape
}

interface KnownShape extends NodeShape {
  /** Every name in the order of the props, and whether it is that of an event. */
  readonly names: readonly string[]
  readonly events: readonly boolean[]
}

export const createShapes = (): Shapes => {
  const shapes = new Map<string, KnownShape>()
  /** Elements of one component mostly look like the one before, and comparing costs less than a key. */
  const latest = new Map<string, KnownShape>()

  const describe = (component: string, props: HostProps): KnownShape => {
    const names = Object.keys(props).filter((name) => isCarried(name, props[name]))
    const events = names.map((name) => isEventProp(name, props[name]))
    return {
      component,
      names,
      events,
      props: names.filter((_, index) => !events[index]),
      handlers: names.filter((_, index) => events[index]),
    }
  }

  return {
    of(component, props) {
      const last = latest.get(component)
      if (last && hasShape(last, props)) return last
      const described = describe(component, props)
      const key = JSON.stringify([component, described.props, described.handlers])
      const shape = shapes.get(key) ?? described
      shapes.set(key, shape)
      latest.set(component, shape)
      return shape
    },
  }
}

const hasShape = ({ names, events }: KnownShape, props: HostProps): boolean => {
  let index = 0
  for (const name in props) {
    const value = props[name]
    if (!isCarried(name, value)) continue
    // The only functions among props that got this far are handlers.
    if (names[index] !== name || events[index] !== (typeof value === 'function')) return false
    index++
  }
  return index === names.length
}
