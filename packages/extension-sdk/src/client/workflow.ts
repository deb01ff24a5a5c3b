import {
  type ComponentProps,
  type ComponentType,
  createContext,
  createElement,
  type FunctionComponent,
  type ReactElement,
  useContext,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { FieldBuilder, FieldBuilders, InferFields } from '../fields/field-builder'
import { labelOf } from '../fields/label-of'
import type { ValuePath } from '../fields/value-path'
import type { FieldSchema } from '../protocol/field-schema'
import type { PlainRecord } from '../protocol/messages'
import { isRecord, isString } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import { ArrayInput } from './array-input'
import { type Block, BlockContext } from './block-context'
import type * as contract from './components'
import { SurfaceContextProvider, useSurfaceContext } from './surface-context'

const recordOf = (value: PlainValue | undefined): PlainRecord => (isRecord(value) ? (value as PlainRecord) : {})

const useBlock = (caller: string): Block => {
  const block = useContext(BlockContext)
  if (block) return block
  throw new SdkError('UNKNOWN_SURFACE', `${caller} was used outside of the node and the panel of a block.`)
}

// Without slots, a component of the contract is its name.
const named = (name: string) => name as unknown as FunctionComponent<Readonly<Record<string, unknown>>>

type PanelProps = Omit<ComponentProps<typeof contract.WorkflowPanel>, 'label'> & { readonly label?: string | undefined }

/** The settings of a block. It holds the values of the fields in it by their names, and the product saves them. */
export const WorkflowPanel = ({ label, values, onValueChange, ...props }: PanelProps): ReactElement => {
  const { label: own, store } = useBlock('WorkflowPanel')
  const variables = useContext(SurfaceContextProvider)?.variables
  // Sent once: what the user changes stays in the panel, and what the extension changes goes as `changes`.
  const [start] = useState(() => values ?? store.state().data)
  const changes = useSyncExternalStore(store.subscribe, () => store.state().changes)
  return createElement(named('WorkflowPanel'), {
    variables,
    ...props,
    label: label ?? own,
    values: start,
    changes,
    onValueChange: (path: ValuePath, value: PlainValue) => {
      store.follow(path, value)
      onValueChange?.(path as never, value)
    },
  })
}

type NodeProps = Omit<ComponentProps<typeof contract.WorkflowNode>, 'title'> & { readonly title?: string | undefined }

/** A block as it stands on the canvas. Its title, status and selection are the block's, unless it says otherwise. */
export const WorkflowNode = (props: NodeProps): ReactElement => {
  const { label } = useBlock('WorkflowNode')
  const { status, selected } = useSurfaceContext()
  return createElement(named('WorkflowNode'), { title: label, status, selected, ...props })
}

/** What the product says about a block. */
export interface WorkflowContext {
  readonly nodeId: string
  /** What has been filled in so far. */
  readonly data: PlainRecord
  readonly status: 'idle' | 'running' | 'success' | 'error'
  readonly selected: boolean
  readonly lastRun: PlainValue | undefined
  readonly connections: PlainValue | undefined
  /** What earlier blocks offer. */
  readonly variables: readonly WorkflowVariable[]
}

export interface WorkflowVariable {
  readonly value: string
  readonly label: string
  readonly group?: string | undefined
}

/** The block that a node or a panel belongs to. */
export const useWorkflowContext = (): WorkflowContext => {
  const { nodeId, status, selected, lastRun, connections, variables, values } = useSurfaceContext()
  if (!isString(nodeId))
    throw new SdkError('UNKNOWN_SURFACE', 'useWorkflowContext was called outside of the node and the panel of a block.')
  return {
    nodeId,
    data: recordOf(values),
    // The product checked it against the contract of the surface.
    status: (status as WorkflowContext['status'] | undefined) ?? 'idle',
    selected: selected === true,
    lastRun,
    connections,
    variables: (variables as unknown as readonly WorkflowVariable[] | undefined) ?? [],
  }
}

/** The same, for a node on the canvas. */
export const useWorkflowNode = (): WorkflowContext => useWorkflowContext()

/** What an earlier block offers under this path, `{{path}}` or `path`; nothing when it offers none. */
export const useVariable = (path: string): WorkflowVariable | undefined => {
  const bare = path.replace(/^\{\{|\}\}$/g, '')
  return useWorkflowContext().variables.find(({ value }) => value === bare)
}

type ItemsOf<B> =
  B extends FieldBuilder<readonly (infer I)[], infer _P> ? (I extends object ? keyof I & string : never) : never
type InnerNames<I> = { [K in keyof I]: ItemsOf<I[K]> }[keyof I]

/** The names of a schema's inputs, and inside an ArrayInput those of its items. */
export type FieldName<I extends FieldBuilders> = (keyof I & string) | InnerNames<I>

type Bound<Component extends keyof typeof contract, Name extends string> = ComponentType<
  Omit<ComponentProps<(typeof contract)[Component]>, 'name'> & { readonly name: Name }
>

/** What `useWorkflow` gives: the values, and components that are bound to the schema by `name`. */
export interface UseWorkflowApi<I extends FieldBuilders = FieldBuilders> {
  readonly data: Partial<InferFields<I>>
  /** Sets fields of the panel. What the user types in another field meanwhile is kept. */
  readonly updateData: (changes: Partial<InferFields<I>>) => void
  readonly VarInput: Bound<'VarInput', FieldName<I>>
  readonly StringInput: Bound<'StringInput', FieldName<I>>
  readonly NumberInput: Bound<'NumberField', FieldName<I>>
  readonly CurrencyInput: Bound<'NumberField', FieldName<I>>
  readonly BooleanInput: Bound<'BooleanInput', FieldName<I>>
  readonly SelectInput: Bound<'OptionsInput', FieldName<I>>
  readonly OptionsInput: Bound<'OptionsInput', FieldName<I>>
  readonly ArrayInput: Bound<'ArrayInput', FieldName<I>>
  readonly VarField: Bound<'VarField', FieldName<I>>
  readonly VarFieldGroup: typeof contract.VarFieldGroup
  readonly FieldRow: typeof contract.FieldRow
  readonly FieldDivider: typeof contract.FieldDivider
  readonly Section: typeof contract.Section
  readonly InputGroup: typeof contract.InputGroup
  readonly ConditionalRender: ComponentType<
    Omit<ComponentProps<typeof contract.ConditionalRender>, 'field'> & { readonly field: FieldName<I> }
  >
}

const OuterFieldContext = createContext(false)

/** The field of a name: an input, or one of the items of a list. */
const findField = (schemas: FieldBuilders, name: string): FieldSchema | undefined => {
  const own = schemas[name]?.field
  if (own) return own
  for (const { field } of Object.values(schemas)) {
    const inner = field.items?.fields?.[name] ?? field.fields?.[name]
    if (inner) return inner
  }
  return undefined
}

const given = (props: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined))

/** A component of the contract that fills in what the schema says of its field. */
const bind = (component: string, schemas: FieldBuilders, hasLabel: boolean) => {
  const bound = ({ name, ...props }: Readonly<Record<string, unknown>> & { readonly name: string }) => {
    const isInside = useContext(OuterFieldContext)
    const field = findField(schemas, name)
    const {
      label = labelOf(name),
      description,
      placeholder,
      optional,
      multiline,
      options,
      min,
      max,
      step,
    } = field ?? {}
    const isOuter = component === 'VarField'
    const own = given({
      // Inside a VarField, which says them already.
      ...(isInside
        ? {}
        : { label, description, required: field && !optional && field.type !== 'boolean' ? true : undefined }),
      ...(hasLabel || isOuter ? { placeholder } : {}),
      ...(component === 'StringInput' || component === 'VarInput' ? { multiline } : {}),
      ...(component === 'OptionsInput' ? { options, multiple: field?.type === 'array' ? true : undefined } : {}),
      ...(component === 'NumberField' ? { min, max, step } : {}),
      ...(component === 'ArrayInput' ? { minItems: field?.minItems, maxItems: field?.maxItems } : {}),
    })
    const filled = { ...own, ...given(props), name }
    const drawn =
      component === 'ArrayInput' ? createElement(ArrayInput, filled) : createElement(named(component), filled)
    if (!isOuter && component !== 'ArrayInput') return drawn
    return createElement(OuterFieldContext, { value: isOuter }, drawn)
  }
  bound.displayName = component
  return bound
}

const bindAll = (schemas: FieldBuilders) => {
  const NumberInput = bind('NumberField', schemas, true)
  const OptionsInput = bind('OptionsInput', schemas, true)
  return {
    VarInput: bind('VarInput', schemas, true),
    StringInput: bind('StringInput', schemas, true),
    NumberInput,
    CurrencyInput: NumberInput,
    BooleanInput: bind('BooleanInput', schemas, false),
    SelectInput: OptionsInput,
    OptionsInput,
    ArrayInput: bind('ArrayInput', schemas, true),
    VarField: bind('VarField', schemas, false),
    VarFieldGroup: named('VarFieldGroup'),
    FieldRow: named('FieldRow'),
    FieldDivider: named('FieldDivider'),
    Section: named('Section'),
    InputGroup: named('InputGroup'),
    ConditionalRender: named('ConditionalRender'),
  }
}

/** The components of a schema, which stay the same as long as the schema does: React keeps what they draw, and its focus. */
const components = new WeakMap<object, ReturnType<typeof bindAll>>()

/**
 * The values of the block whose panel this is, and components bound to its schema.
 *
 * @param schema One that stays the same over renders: declare it outside of components.
 */
export const useWorkflow = <const I extends FieldBuilders>(schema: { readonly inputs: I }): UseWorkflowApi<I> => {
  const { store } = useBlock('useWorkflow')
  const { data } = useSyncExternalStore(store.subscribe, store.state)
  const { inputs } = schema
  const bound = components.get(inputs) ?? bindAll(inputs)
  components.set(inputs, bound)
  // Each takes the props of its component of the contract; the values are those the product saved for this schema.
  return useMemo(
    () => ({ ...bound, data, updateData: store.update }) as unknown as UseWorkflowApi<I>,
    [bound, data, store],
  )
}
