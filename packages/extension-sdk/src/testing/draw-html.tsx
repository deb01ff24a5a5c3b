import {
  type ComponentType,
  createContext,
  Fragment,
  type FunctionComponent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { readPath, type ValuePath, writePath } from '../fields/value-path'
import type { FileHandle } from '../protocol/file-handle'
import { isRecord } from '../protocol/parse'
import { SLOT_COMPONENT } from '../protocol/tree'
import { createFakeHandle } from './fake-files'
import type { ModelNode } from './tree-model'

/** Tells the extension of an event. */
export type SendEvent = (node: ModelNode, prop: string, args: readonly unknown[], eventVersion?: number) => void

interface DrawnProps {
  readonly node: ModelNode
  readonly p: Readonly<Record<string, unknown>>
  readonly on: (prop: string, ...args: readonly unknown[]) => void
  readonly children: ReactNode
}

type Draw = FunctionComponent<DrawnProps>
type AddFile = (file: File) => FileHandle

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const maybe = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const SendContext = createContext<SendEvent>(() => undefined)
const FilesContext = createContext<AddFile>(createFakeHandle)

type Methods = Readonly<Record<string, () => void>>

/** Told of what a component can be told to do, and that it is gone. */
export type OfferMethods = (node: ModelNode, methods: Methods | null) => void

const OfferContext = createContext<OfferMethods>(() => undefined)

// ── Values ──

/** The values of a panel, by path: they are the host's. */
interface PanelValues {
  get(path: ValuePath): unknown
  set(path: ValuePath, value: unknown): void
  all(): unknown
  subscribe(listener: () => void): () => void
}

const createPanelValues = (initial: unknown, onChange: (path: ValuePath, value: unknown) => void): PanelValues => {
  let values: unknown = isRecord(initial) ? initial : {}
  const listeners = new Set<() => void>()
  return {
    get: (path) => readPath(values, path),
    set(path, value) {
      values = writePath(values, path, value)
      for (const listener of [...listeners]) listener()
      onChange(path, value)
    },
    all: () => values,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const PanelContext = createContext<PanelValues>(createPanelValues({}, () => undefined))
const ScopeContext = createContext<ValuePath>([])
const OuterLabel = createContext<string | undefined>(undefined)

/** Told of every change of a panel's values, as a product that saves them is. */
export const PanelListener = createContext<(values: unknown) => void>(() => undefined)

const usePanelValue = (name: string): readonly [unknown, (value: unknown) => void] => {
  const panel = useContext(PanelContext)
  const scope = useContext(ScopeContext)
  const path = [...scope, name]
  const value = useSyncExternalStore(panel.subscribe, () => panel.get(path))
  return [value, (next) => panel.set(path, next)]
}

/** What the extension sets now and did not set before. */
const changedFields = (before: unknown, after: unknown): readonly (readonly [string, unknown])[] => {
  const known = isRecord(before) ? before : {}
  return Object.entries(isRecord(after) ? after : {}).filter(
    ([name, value]) => !Object.hasOwn(known, name) || JSON.stringify(known[name]) !== JSON.stringify(value),
  )
}

const Panel: Draw = ({ p, on, children }) => {
  const listener = useContext(PanelListener)
  const tell = useRef(on)
  tell.current = on
  const [values] = useState(() => {
    const created: PanelValues = createPanelValues(p.values, (path, value) => {
      tell.current('onValueChange', path, value)
      tell.current('onValuesChange', created.all())
      listener(created.all())
    })
    return created
  })
  const before = useRef<unknown>(p.changes)
  useEffect(() => {
    for (const [name, value] of changedFields(before.current, p.changes)) values.set([name], value)
    before.current = p.changes
  }, [p.changes, values])
  return (
    <PanelContext value={values}>
      <section aria-label={text(p.label)}>{children}</section>
    </PanelContext>
  )
}

/** A value that the user edits and the extension may answer: what is typed stays until the last edit is answered. */
const useEdited = (node: ModelNode, prop: string, event: string): readonly [unknown, (value: unknown) => void] => {
  const send = useContext(SendContext)
  const given = node.props[prop]
  const edits = useRef(0)
  const [value, setValue] = useState(given)
  const { acknowledged } = node
  useEffect(() => {
    if (acknowledged >= edits.current) setValue(given)
  }, [given, acknowledged])
  return [
    value,
    (next) => {
      edits.current++
      setValue(next)
      if (node.handlers.includes(event)) send(node, event, [next], edits.current)
    },
  ]
}

// ── Fields ──

interface LabelledProps {
  readonly p: Readonly<Record<string, unknown>>
  readonly control: (ids: { readonly id: string; readonly 'aria-describedby'?: string }) => ReactNode
}

const Labelled = ({ p, control }: LabelledProps) => {
  const id = useId()
  const outer = useContext(OuterLabel)
  const label = maybe(p.label)
  const help = [p.description ? `${id}-help` : '', p.error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id}>{label ?? outer ?? text(p.name)}</label>
      {control({ id, ...(help ? { 'aria-describedby': help } : {}) })}
      {p.description ? <p id={`${id}-help`}>{text(p.description)}</p> : null}
      {p.error ? (
        <p id={`${id}-error`} role="alert">
          {text(p.error)}
        </p>
      ) : null}
    </div>
  )
}

const shared = (p: Readonly<Record<string, unknown>>) => ({
  disabled: p.disabled === true,
  'aria-required': p.required === true || undefined,
  'aria-invalid': p.error ? true : undefined,
})

type Value = readonly [unknown, (value: unknown) => void]
type FieldProps = Pick<DrawnProps, 'p' | 'on' | 'node'> & { readonly value: Value }

const TextControl = ({ p, on, node, value: [value, change] }: FieldProps) => {
  const isLong = node.component === 'Textarea' || p.multiline === true
  const common = {
    ...shared(p),
    placeholder: maybe(p.placeholder),
    value: text(value),
    onChange: (event: { readonly target: { readonly value: string } }) => change(event.target.value),
    onBlur: () => on('onBlur'),
    onFocus: () => on('onFocus'),
  }
  const type = { DateInput: 'date', TimeInput: 'time', SearchInput: 'search' }[node.component ?? ''] ?? maybe(p.type)
  return (
    <Labelled
      p={p}
      control={(ids) =>
        isLong ? <textarea {...ids} {...common} /> : <input {...ids} {...common} type={type ?? 'text'} />
      }
    />
  )
}

/** Gives out handles as the product does. Its limits are the product's to keep. */
const FileControl = ({ p, on }: Pick<DrawnProps, 'p' | 'on'>) => {
  const addFile = useContext(FilesContext)
  return (
    <Labelled
      p={p}
      control={(ids) => (
        <input
          {...ids}
          {...shared(p)}
          type="file"
          accept={Array.isArray(p.accept) ? p.accept.join(',') : undefined}
          multiple={p.multiple === true}
          onChange={({ target }) => on('onChange', [...(target.files ?? [])].map(addFile))}
        />
      )}
    />
  )
}

const NumberControl = ({ p, on, value: [value, change] }: FieldProps) => {
  const [typed, setTyped] = useState<string>()
  const shown = typed !== undefined && Number(typed) === value ? typed : text(value)
  return (
    <Labelled
      p={p}
      control={(ids) => (
        <input
          {...ids}
          {...shared(p)}
          type="number"
          step="any"
          placeholder={maybe(p.placeholder)}
          value={shown}
          onChange={(event) => {
            setTyped(event.target.value)
            change(event.target.value === '' ? undefined : Number(event.target.value))
          }}
          onBlur={() => on('onBlur')}
        />
      )}
    />
  )
}

const CheckControl = ({ p, node, value: [value, change] }: FieldProps) => (
  <Labelled
    p={p}
    control={(ids) => (
      <input
        {...ids}
        {...shared(p)}
        type="checkbox"
        role={node.component === 'Checkbox' ? undefined : 'switch'}
        checked={value === true}
        onChange={(event) => change(event.target.checked)}
      />
    )}
  />
)

interface Choice {
  readonly value: string
  readonly label: string
}

const choicesOf = (node: ModelNode, p: Readonly<Record<string, unknown>>): readonly Choice[] => [
  ...(Array.isArray(p.options) ? (p.options as readonly Choice[]) : []),
  ...node.children.flatMap((child) =>
    child.component === 'Option' || child.component === 'Radio'
      ? [{ value: text(child.props.value), label: maybe(child.props.label) ?? textOf(child) }]
      : [],
  ),
]

const textOf = (node: ModelNode): string => (node.component === null ? node.text : node.children.map(textOf).join(''))

const ChoiceControl = ({ p, node, value: [value, change] }: FieldProps) => {
  const isMultiple = p.multiple === true || node.component === 'MultiSelect' || node.component === 'CheckboxGroup'
  const chosen = isMultiple ? (Array.isArray(value) ? value.map(text) : []) : text(value)
  return (
    <Labelled
      p={p}
      control={(ids) => (
        <select
          {...ids}
          {...shared(p)}
          multiple={isMultiple}
          value={chosen}
          onChange={({ target }) =>
            change(isMultiple ? [...target.selectedOptions].map((option) => option.value) : target.value)
          }
        >
          {isMultiple ? null : <option value="">{text(p.placeholder)}</option>}
          {choicesOf(node, p).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    />
  )
}

/** A field whose value is a prop of the extension. */
const edited =
  (Control: ComponentType<FieldProps>, prop = 'value'): Draw =>
  (props) => <Control {...props} value={useEdited(props.node, prop, 'onChange')} />

/** A field whose value is the panel's, by its name. */
const bound =
  (Control: ComponentType<FieldProps>): Draw =>
  (props) => {
    const [value, set] = usePanelValue(text(props.p.name))
    const change = (next: unknown) => {
      set(next)
      props.on('onChange', next)
    }
    return <Control {...props} value={[value, change]} />
  }

/** A list, whose items have keys of their own where the extension draws an ArrayItem for each. */
const ListOfItems: Draw = ({ p, on, node, children }) => {
  const name = text(p.name)
  const scope = useContext(ScopeContext)
  const [value, set] = usePanelValue(name)
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const label = text(p.label) || name
  const given = Array.isArray(p.items) ? (p.items as readonly number[]) : undefined
  const [keys, setKeys] = useState(() => items.map((_, index) => index))
  const nextKey = useRef(items.length)
  const known = items.map((_, index) => keys[index] ?? nextKey.current + index)
  const change = (next: readonly unknown[], nextKeys: readonly number[]) => {
    nextKey.current = Math.max(nextKey.current, ...nextKeys.map((key) => key + 1))
    setKeys([...nextKeys])
    on('onItemsChange', nextKeys, next)
    set(next)
    on('onChange', next)
  }
  const latest = useRef({ on, given, items })
  latest.current = { on, given, items }
  const order = known.join()
  useEffect(() => {
    const { on, given, items } = latest.current
    if (given && given.join() !== order) on('onItemsChange', order === '' ? [] : order.split(',').map(Number), items)
  }, [order])
  const remove = (index: number) =>
    change(
      items.filter((_, at) => at !== index),
      known.filter((_, at) => at !== index),
    )
  const move = (index: number, to: number) => {
    const swap = <T,>(list: readonly T[]): T[] =>
      // Both are places of the list.
      list.map((one, at) => (at === index ? (list[to] as T) : at === to ? (list[index] as T) : one))
    if (to >= 0 && to < items.length) change(swap(items), swap(known))
  }
  const list: List = { remove, move }
  const minItems = typeof p.minItems === 'number' ? p.minItems : 0

  return (
    <fieldset>
      <legend>{label}</legend>
      {items.map((item, index) => {
        const key = known[index] as number
        const own = node.children.find((child) => child.props.itemKey === key)
        return (
          <fieldset key={key} aria-label={`${label} ${index + 1}`}>
            {node.children.length > 0 || given ? (
              <ScopeContext value={[...scope, name, index]}>
                <OuterLabel value={undefined}>
                  <ListContext value={{ ...list, index, canRemove: items.length > minItems }}>
                    {given ? own ? <Node node={own} /> : null : children}
                  </ListContext>
                </OuterLabel>
              </ScopeContext>
            ) : (
              <input
                aria-label={`${label} ${index + 1}`}
                value={text(item)}
                onChange={({ target }) =>
                  change(
                    items.map((other, at) => (at === index ? target.value : other)),
                    known,
                  )
                }
              />
            )}
            <button type="button" disabled={index === 0} onClick={() => move(index, index - 1)}>
              Move up, {index + 1}
            </button>
            <button type="button" disabled={index === items.length - 1} onClick={() => move(index, index + 1)}>
              Move down, {index + 1}
            </button>
            <button type="button" disabled={items.length <= minItems} onClick={() => remove(index)}>
              Remove, {index + 1}
            </button>
          </fieldset>
        )
      })}
      <button
        type="button"
        disabled={typeof p.maxItems === 'number' && items.length >= p.maxItems}
        onClick={() => change([...items, node.children.length > 0 || given ? {} : ''], [...known, nextKey.current])}
      >
        {maybe(p.addLabel) ?? 'Add'}
      </button>
    </fieldset>
  )
}

interface List {
  readonly remove: (index: number) => void
  readonly move: (index: number, to: number) => void
}

const ListContext = createContext<(List & { readonly index: number; readonly canRemove: boolean }) | undefined>(
  undefined,
)

const ListItem: Draw = ({ p, node, children }) => {
  const list = useContext(ListContext)
  const panel = useContext(PanelContext)
  const scope = useContext(ScopeContext)
  const offer = useContext(OfferContext)
  const latest = useRef({ list, scope })
  latest.current = { list, scope }
  useEffect(() => {
    const run = (change: (list: List, index: number) => void) => () => {
      const { list } = latest.current
      if (list) change(list, list.index)
    }
    offer(node, {
      remove: () => (latest.current.list?.canRemove ? run((list, index) => list.remove(index))() : undefined),
      moveUp: run((list, index) => list.move(index, index - 1)),
      moveDown: run((list, index) => list.move(index, index + 1)),
    })
    return () => offer(node, null)
  }, [node, offer])
  const before = useRef<unknown>(undefined)
  useEffect(() => {
    for (const [name, value] of changedFields(before.current, p.changes))
      panel.set([...latest.current.scope, name], value)
    before.current = p.changes
  }, [p.changes, panel])
  return children
}

const holds = (value: unknown, p: Readonly<Record<string, unknown>>): boolean => {
  const isSame = (other: unknown) => JSON.stringify(other) === JSON.stringify(value)
  const isSet = value !== undefined && value !== null && value !== '' && value !== false && !isSame([])
  const answers = [
    ...(p.equals === undefined ? [] : [isSame(p.equals)]),
    ...(Array.isArray(p.oneOf) ? [p.oneOf.some(isSame)] : []),
    ...(p.isSet === undefined ? [] : [isSet === p.isSet]),
  ]
  return (answers.length === 0 ? isSet : answers.every(Boolean)) !== (p.not === true)
}

// ── The components whose role or behaviour a test asks for; any other is its words and its children ──

const Press: Draw = ({ p, on, children }) => (
  <button
    type={p.type === 'submit' ? 'submit' : 'button'}
    disabled={p.disabled === true || p.loading === true}
    aria-label={children ? maybe(p.label) : undefined}
    aria-busy={p.loading === true || undefined}
    onClick={() => on('onPress')}
  >
    {children || text(p.label)}
  </button>
)

const Titled: Draw = ({ p, children }) => (
  <section aria-label={maybe(p.title) ?? maybe(p.label)}>
    {p.title ? <h3>{text(p.title)}</h3> : null}
    {p.description ? <p>{text(p.description)}</p> : null}
    {children}
  </section>
)

const Told: Draw = ({ p, on, node, children }) => (
  <div role={p.tone === 'danger' || p.tone === 'warning' ? 'alert' : 'status'}>
    {p.title ? <strong>{text(p.title)}</strong> : null}
    {children}
    {node.handlers.includes('onDismiss') ? (
      <button type="button" onClick={() => on('onDismiss')}>
        Dismiss
      </button>
    ) : null}
  </div>
)

const COMPONENTS: Readonly<Record<string, Draw>> = {
  [SLOT_COMPONENT]: ({ children }) => children,
  Button: Press,
  IconButton: Press,
  MenuItem: Press,
  FormSubmit: ({ p, children }) => (
    <button
      type="submit"
      disabled={p.disabled === true || p.loading === true}
      aria-busy={p.loading === true || undefined}
    >
      {p.loading === true && p.loadingText ? text(p.loadingText) : children || text(p.label) || 'Save'}
    </button>
  ),
  Form: ({ p, on, children }) => (
    <form
      aria-label={maybe(p.label)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        on('onSubmit')
      }}
    >
      {children}
    </form>
  ),
  FormField: ({ p, children }) => (
    <fieldset aria-label={text(p.label)}>
      {children}
      {p.error ? <p role="alert">{text(p.error)}</p> : null}
    </fieldset>
  ),
  Input: edited(TextControl),
  Textarea: edited(TextControl),
  SearchInput: edited(TextControl),
  DateInput: edited(TextControl),
  TimeInput: edited(TextControl),
  FileInput: FileControl,
  NumberInput: edited(NumberControl),
  Slider: edited(NumberControl),
  Checkbox: edited(CheckControl, 'checked'),
  Switch: edited(CheckControl, 'checked'),
  Select: edited(ChoiceControl),
  Combobox: edited(ChoiceControl),
  MultiSelect: edited(ChoiceControl),
  RadioGroup: edited(ChoiceControl),
  CheckboxGroup: edited(ChoiceControl),
  Option: () => null,
  Radio: () => null,
  Text: ({ children }) => <span>{children}</span>,
  Heading: ({ children }) => <h2>{children}</h2>,
  Link: ({ p, children }) => <a href={maybe(p.href)}>{children || text(p.label)}</a>,
  Image: ({ p }) => <img src={maybe(p.src)} alt={text(p.alt)} />,
  Alert: Told,
  Banner: Told,
  Spinner: ({ p }) => <div role="status">{text(p.label) || 'Loading'}</div>,
  EmptyState: Titled,
  Section: Titled,
  Card: Titled,
  AccordionItem: Titled,
  Tab: Titled,
  VarFieldGroup: Titled,
  List: ({ children }) => <ul>{children}</ul>,
  ListItem: ({ p, on, node, children }) => (
    <li>
      {node.handlers.includes('onPress') ? (
        <button type="button" onClick={() => on('onPress')}>
          {text(p.title)}
        </button>
      ) : (
        text(p.title)
      )}
      {p.description ? <p>{text(p.description)}</p> : null}
      {children}
    </li>
  ),
  DescriptionList: ({ p }) => (
    <dl>
      {(Array.isArray(p.items) ? (p.items as readonly { label: string; value: string }[]) : []).map((item) => (
        <Fragment key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </Fragment>
      ))}
    </dl>
  ),
  WorkflowPanel: Panel,
  WorkflowNode: ({ p, children }) => (
    <article aria-label={text(p.title)} data-status={maybe(p.status)}>
      <h3>{text(p.title)}</h3>
      {children}
    </article>
  ),
  WorkflowNodeRow: ({ p, children }) => (
    <div>
      {text(p.label)} {children}
    </div>
  ),
  WorkflowNodeHandle: ({ p }) => <div role="img" aria-label={text(p.label) || text(p.id)} />,
  VarField: (props) => {
    const { p, node, children } = props
    const Text = BoundText
    return node.children.length === 0 ? (
      <Text {...props} />
    ) : (
      <OuterLabel value={maybe(p.label) ?? text(p.name)}>
        {children}
        {p.description ? <p>{text(p.description)}</p> : null}
        {p.error ? <p role="alert">{text(p.error)}</p> : null}
      </OuterLabel>
    )
  },
  VarInput: bound(TextControl),
  StringInput: bound(TextControl),
  NumberField: bound(NumberControl),
  BooleanInput: bound(CheckControl),
  OptionsInput: bound(ChoiceControl),
  ArrayInput: ListOfItems,
  ArrayItem: ListItem,
  ConditionalRender: ({ p, children }) => {
    const [value] = usePanelValue(text(p.field))
    return holds(value, p) ? children : null
  },
}

const BoundText = bound(TextControl)

/** Words that a component without a drawing of its own shows, so that a test can find them. */
const WORDS = ['title', 'label', 'description', 'value', 'text', 'name'] as const

const Other: Draw = ({ node, p, children }) => (
  <div data-component={node.component}>
    {WORDS.map((word) => (p[word] === undefined ? null : <span key={word}>{text(p[word])}</span>))}
    {children}
  </div>
)

const Node = ({ node }: { readonly node: ModelNode }): ReactNode => {
  const send = useContext(SendContext)
  if (node.hidden) return null
  if (node.component === null) return node.text
  const Component = COMPONENTS[node.component] ?? Other
  const children =
    node.children.length === 0 ? null : node.children.map((child) => <Node key={child.id} node={child} />)
  return (
    <Component
      node={node}
      p={node.props}
      on={(prop, ...args) => {
        if (node.handlers.includes(prop)) send(node, prop, args)
      }}
    >
      {children}
    </Component>
  )
}

export interface RootProps {
  readonly root: ModelNode
  readonly send: SendEvent
  /** Told of each file that is chosen, and gives its handle. */
  readonly addFile: AddFile
  readonly offer: OfferMethods
}

/** The tree of an extension as HTML: plain elements with the roles, names and behaviour of the product's components. */
export const RootView = ({ root, send, addFile, offer }: RootProps) => (
  <SendContext value={send}>
    <FilesContext value={addFile}>
      <OfferContext value={offer}>
        {root.children.map((child) => (
          <Node key={child.id} node={child} />
        ))}
      </OfferContext>
    </FilesContext>
  </SendContext>
)
