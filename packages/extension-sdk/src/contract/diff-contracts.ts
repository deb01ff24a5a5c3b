import type { ComponentContract, Contract } from '../protocol'
import type { PropSchema } from '../protocol/prop-schema'

export interface ContractChange {
  /** `breaking`: an extension or a registry that fits the old contract may not fit the new one. */
  readonly kind: 'breaking' | 'compatible'
  /** Such as `Button.variant`. */
  readonly path: string
  readonly message: string
}

type Report = (kind: ContractChange['kind'], path: string, message: string) => void
type Direction = 'in' | 'out'
type Schemas = Readonly<Record<string, PropSchema>>

/** What a change of the contract means for the extensions that were built with the old one. Sorted by path. */
export const diffContracts = (before: Contract, after: Contract): readonly ContractChange[] => {
  const changes: ContractChange[] = []
  const report: Report = (kind, path, message) => void changes.push({ kind, path, message })
  eachName(before.components, after.components, (name, was, is) => {
    if (!is) return report('breaking', name, 'The component is gone: extensions that draw it are taken down.')
    if (!was) return report('compatible', name, 'The component is new. Each registry needs an implementation.')
    diffComponents(name, was, is, report)
  })
  eachName(before.surfaces, after.surfaces, (name, was, is) => {
    if (!is) return report('breaking', name, 'The surface is gone: what extensions have there is not shown any more.')
    if (!was) return report('compatible', name, 'The surface is new.')
    if (was.behavior !== is.behavior)
      report('breaking', name, `The surface was for ${was.behavior} and is for ${is.behavior}.`)
    diffSchemas(`${name}.context`, was.context, is.context, 'out', report)
  })
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

const eachName = <T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  visit: (name: string, was: T | undefined, is: T | undefined) => void,
) => {
  const own = (record: Readonly<Record<string, T>>, name: string) =>
    Object.hasOwn(record, name) ? record[name] : undefined
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
    visit(name, own(before, name), own(after, name))
}

const diffComponents = (name: string, was: ComponentContract, is: ComponentContract, report: Report) => {
  diffSchemas(name, was.props, is.props, 'in', report)
  eachName(was.events, is.events, (event, before, after) => {
    const path = `${name}.${event}`
    if (!after) return report('breaking', path, 'The event is gone: handlers of it are never called.')
    if (!before) return report('compatible', path, 'The event is new.')
    if (after.length < before.length)
      report('breaking', path, `It had ${before.length} arguments and has ${after.length}.`)
    if (after.length > before.length)
      report('compatible', path, `It has ${after.length - before.length} more arguments.`)
    for (const [index, schema] of before.entries()) {
      const next = after[index]
      if (next) diffSchema(`${path} argument ${index + 1}`, schema, next, 'out', report)
    }
  })
  if (was.children && !is.children) report('breaking', name, 'It takes no children any more: they are not drawn.')
  if (!was.children && is.children) report('compatible', name, 'It takes children.')
  diffLists(`${name} slot`, was.slots, is.slots, report)
  diffLists(`${name} method`, was.methods ?? [], is.methods ?? [], report)
  const names = (is.named ?? []).join(' or ')
  if (!was.named && is.named)
    report('compatible', name, `It needs ${names} for assistive technology; without, there is a diagnostic.`)
  if (JSON.stringify(was.controlled) !== JSON.stringify(is.controlled))
    report('breaking', name, 'Another value of it is the user’s: extensions may lose edits.')
}

const diffLists = (path: string, was: readonly string[], is: readonly string[], report: Report) => {
  for (const name of was) if (!is.includes(name)) report('breaking', `${path} ${name}`, 'It is gone.')
  for (const name of is) if (!was.includes(name)) report('compatible', `${path} ${name}`, 'It is new.')
}

/** @param direction `in`: an extension gives the values. `out`: it is given them. */
const diffSchemas = (path: string, before: Schemas, after: Schemas, direction: Direction, report: Report) =>
  eachName(before, after, (name, was, is) => {
    const at = `${path}.${name}`
    if (!is)
      return report(
        'breaking',
        at,
        direction === 'in' ? 'The prop is gone: it is dropped.' : 'It is not given any more.',
      )
    if (was) return diffSchema(at, was, is, direction, report)
    const isDemanded = direction === 'in' && !is.optional
    report(isDemanded ? 'breaking' : 'compatible', at, isDemanded ? 'It is new and required.' : 'It is new.')
  })

const diffSchema = (path: string, was: PropSchema, is: PropSchema, direction: Direction, report: Report): void => {
  // What is given to the product may become less strict; what is given by it, stricter.
  const say = (isNarrower: boolean, message: string) =>
    report(isNarrower === (direction === 'in') ? 'breaking' : 'compatible', path, message)
  if (was.optional && !is.optional) say(true, 'It was optional and is required.')
  if (!was.optional && is.optional) say(false, 'It was required and is optional.')
  if (was.type !== is.type) {
    if (is.type === 'any') say(false, `It was a ${was.type} and may be anything.`)
    else if (was.type === 'any') say(true, `It could be anything and is a ${is.type}.`)
    else report('breaking', path, `It was a ${was.type} and is a ${is.type}.`)
    return
  }
  if (was.type === 'enum' && is.type === 'enum') {
    const gone = was.values.filter((value) => !is.values.includes(value))
    const added = is.values.filter((value) => !was.values.includes(value))
    if (gone.length > 0) say(true, `It is never ${gone.join(', ')} any more.`)
    if (added.length > 0) say(false, `It may be ${added.join(', ')}.`)
  }
  if (was.type === 'url' && is.type === 'url' && was.use !== is.use)
    report('breaking', path, `It was a URL for a ${was.use} and is one for a ${is.use}.`)
  for (const [bound, sign] of BOUNDS) {
    const old = boundOf(was, bound) ?? sign * Number.POSITIVE_INFINITY
    const next = boundOf(is, bound) ?? sign * Number.POSITIVE_INFINITY
    if (old !== next) say(sign * next < sign * old, `Its ${bound} was ${old} and is ${next}.`)
  }
  if (was.type === 'number' && is.type === 'number' && was.integer !== is.integer)
    say(is.integer === true, is.integer ? 'It has to be a whole number.' : 'It need not be a whole number.')
  if (was.type === 'array' && is.type === 'array') diffSchema(`${path}[]`, was.items, is.items, direction, report)
  if (was.type === 'object' && is.type === 'object') diffSchemas(path, was.fields, is.fields, direction, report)
}

/** Each bound, and which way it lets more through. */
const BOUNDS = [
  ['min', -1],
  ['max', 1],
  ['maxLength', 1],
  ['maxItems', 1],
] as const

const boundOf = (schema: PropSchema, bound: string): number | undefined => {
  const value: unknown = Object.entries(schema).find(([key]) => key === bound)?.[1]
  return typeof value === 'number' ? value : undefined
}
