import { describe, expect, test } from 'vitest'
import { type ComponentContract, type Contract, type PropSchema, standardContract } from '../protocol'
import { isRefusal } from '../protocol/parse'
import { diffContracts } from './diff-contracts'
import { generateComponents, generateDocs, generateJsonSchema, ownComponents } from './generate-contract'
import { parseContract } from './parse-contract'

const component = (changes: Partial<ComponentContract> = {}): ComponentContract => ({
  description: 'A clock.',
  props: {},
  events: {},
  children: false,
  slots: [],
  ...changes,
})
const contract = (changes?: Partial<ComponentContract>): Contract => ({
  components: changes ? { Clock: component(changes) } : {},
  surfaces: {},
})
const withProp = (schema: PropSchema) => ({ props: { at: schema } })
const text = { type: 'string' } as const

describe('what a change of a contract means', () => {
  test.each<[string, Partial<ComponentContract> | undefined, Partial<ComponentContract> | undefined, string]>([
    ['a component goes', {}, undefined, 'breaking Clock'],
    ['a component comes', undefined, {}, 'compatible Clock'],
    ['a prop goes', withProp(text), {}, 'breaking Clock.at'],
    ['an optional prop comes', {}, withProp({ type: 'string', optional: true }), 'compatible Clock.at'],
    ['a required prop comes', {}, withProp(text), 'breaking Clock.at'],
    ['a prop becomes required', withProp({ type: 'string', optional: true }), withProp(text), 'breaking Clock.at'],
    ['a prop becomes optional', withProp(text), withProp({ type: 'string', optional: true }), 'compatible Clock.at'],
    ['a prop gets another type', withProp(text), withProp({ type: 'number' }), 'breaking Clock.at'],
    ['a prop may be anything', withProp(text), withProp({ type: 'any' }), 'compatible Clock.at'],
    [
      'a choice goes',
      withProp({ type: 'enum', values: ['a', 'b'] }),
      withProp({ type: 'enum', values: ['a'] }),
      'breaking Clock.at',
    ],
    [
      'a choice comes',
      withProp({ type: 'enum', values: ['a'] }),
      withProp({ type: 'enum', values: ['a', 'b'] }),
      'compatible Clock.at',
    ],
    ['a text has to be shorter', withProp(text), withProp({ type: 'string', maxLength: 9 }), 'breaking Clock.at'],
    [
      'a number may be lower',
      withProp({ type: 'number', min: 1 }),
      withProp({ type: 'number' }),
      'compatible Clock.at',
    ],
    [
      'a number has to be higher',
      withProp({ type: 'number', min: 1 }),
      withProp({ type: 'number', min: 2 }),
      'breaking Clock.at',
    ],
    [
      'an item of a list gets another type',
      withProp({ type: 'array', items: text }),
      withProp({ type: 'array', items: { type: 'boolean' } }),
      'breaking Clock.at[]',
    ],
    [
      'a field inside is required',
      withProp({ type: 'object', fields: {} }),
      withProp({ type: 'object', fields: { x: text } }),
      'breaking Clock.at.x',
    ],
    ['an event goes', { events: { onRing: [] } }, {}, 'breaking Clock.onRing'],
    [
      'an event has fewer arguments',
      { events: { onRing: [text] } },
      { events: { onRing: [] } },
      'breaking Clock.onRing',
    ],
    [
      'an event tells one more choice',
      { events: { onRing: [{ type: 'enum', values: ['a'] }] } },
      { events: { onRing: [{ type: 'enum', values: ['a', 'b'] }] } },
      'breaking Clock.onRing argument 1',
    ],
    [
      'an event tells one choice less',
      { events: { onRing: [{ type: 'enum', values: ['a', 'b'] }] } },
      { events: { onRing: [{ type: 'enum', values: ['a'] }] } },
      'compatible Clock.onRing argument 1',
    ],
    ['it takes no children any more', { children: true }, {}, 'breaking Clock'],
    ['a slot goes', { slots: ['end'] }, {}, 'breaking Clock slot end'],
    ['a method comes', {}, { methods: ['ring'] }, 'compatible Clock method ring'],
    ['it needs a name', {}, { named: ['at'] }, 'compatible Clock'],
  ])('%s', (_, before, after, expected) => {
    expect(diffContracts(contract(before), contract(after)).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      expected,
    ])
  })

  test('nothing changes between a contract and itself', () => {
    expect(diffContracts(standardContract, standardContract)).toEqual([])
  })

  test('a surface that gives less context breaks extensions', () => {
    const surface = (context: Readonly<Record<string, PropSchema>>): Contract => ({
      components: {},
      surfaces: { 'ticket.sidebar': { description: 'Beside a ticket.', behavior: 'render', context } },
    })
    const [change] = diffContracts(surface({ ticketId: text }), surface({}))
    expect(change).toMatchObject({ kind: 'breaking', path: 'ticket.sidebar.context.ticketId' })
  })
})

describe('a contract from a file', () => {
  test('is the same after JSON', () => {
    expect(parseContract(JSON.parse(JSON.stringify(standardContract)))).toEqual(standardContract)
  })

  const broken = (changes: Record<string, unknown>) => ({ components: { Clock: { ...component(), ...changes } } })
  test.each([
    ['no object', [], 'must be an object'],
    ['a name that is no name', { components: { 'x";alert(1)': component() } }, 'must be a name such as'],
    ['a lower-case name', { components: { clock: component() } }, 'must be a name such as'],
    ['a prop of an unknown type', broken({ props: { at: { type: 'date' } } }), 'components.Clock.props.at.type'],
    ['a choice of nothing', broken({ props: { at: { type: 'enum', values: [] } } }), 'values'],
    ['a prop called constructor', broken({ props: { constructor: text } }), 'no name for a prop'],
    ['an event without on', broken({ events: { ring: [] } }), 'onPress'],
    ['slots that are a text', broken({ slots: 'end' }), 'slots'],
    ['no description', broken({ description: 1 }), 'description'],
    ['a surface without a context', { components: {}, surfaces: { a: {} } }, 'surfaces.a.context'],
  ])('is refused with %s', (_, value, reason) => {
    const parsed = parseContract(value)
    expect(isRefusal(parsed) && parsed.refused).toContain(reason)
  })
})

describe('what is made of a contract', () => {
  const own: Contract = {
    components: {
      ...standardContract.components,
      Clock: component({ ...withProp(text), description: 'Says */ the time.' }),
    },
    surfaces: {},
  }

  test('code for the components that the SDK does not have, and none for the others', () => {
    expect(ownComponents(own).map(([name]) => name)).toEqual(['Clock'])
    const code = generateComponents(own)
    expect(code).toContain("export const Clock = createComponent('Clock', {")
    expect(code).toContain('/** Says *\\/ the time. */')
    expect(code).not.toContain('Button')
    expect(generateComponents(standardContract)).toContain('export {}')
  })

  test('a JSON schema', () => {
    const { $defs } = JSON.parse(generateJsonSchema(own)) as { $defs: Record<string, unknown> }
    expect($defs.Clock).toEqual({
      description: 'Says */ the time.',
      type: 'object',
      properties: { at: { type: 'string' } },
      required: ['at'],
      additionalProperties: false,
    })
    expect(Object.keys($defs)).toHaveLength(Object.keys(own.components).length)
  })

  test('a page', () => {
    expect(generateDocs(own)).toMatch(
      /## Clock\n\nSays[^\n]*\n\n\| prop[^\n]*\n[^\n]*\n\| `at` \| string \| required \|/,
    )
  })
})
