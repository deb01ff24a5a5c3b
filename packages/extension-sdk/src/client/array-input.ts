import {
  type ComponentProps,
  createContext,
  createElement,
  type FunctionComponent,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { FieldBuilder } from '../fields/field-builder'
import { readPath, type ValuePath } from '../fields/value-path'
import type { PlainRecord } from '../protocol/messages'
import { isRecord } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import type { RemoteRef } from '../reconciler/remote-ref'
import { SdkError } from '../sdk-error'
import { BlockContext } from './block-context'
import type * as contract from './components'
import { createWorkflowStore, type WorkflowStore } from './workflow-store'

interface Item {
  readonly itemKey: number
  readonly index: number
  readonly count: number
  readonly path: ValuePath
  readonly store: WorkflowStore
  readonly update: (changes: PlainRecord) => void
  readonly call: (method: 'remove' | 'moveUp' | 'moveDown') => Promise<void>
}

const ItemContext = createContext<Item | undefined>(undefined)

// Without slots, a component of the contract is its name.
const named = (name: string) => name as unknown as FunctionComponent<Readonly<Record<string, unknown>>>

type ArrayInputProps = Omit<ComponentProps<typeof contract.ArrayInput>, 'items' | 'onItemsChange'>

/**
 * A list in a panel. Its children are the fields of one item: each item has its own, with their own state, and `useArrayItem` tells
 * them which it is. Without children its items are texts.
 */
export const ArrayInput = (props: ArrayInputProps): ReactElement =>
  props.children === undefined || props.children === null
    ? createElement(named('ArrayInput'), props)
    : createElement(ListOfItems, props)

const ListOfItems = ({ children, ...props }: ArrayInputProps): ReactElement => {
  const block = useContext(BlockContext)
  const outer = useContext(ItemContext)
  // A list that is in no panel of a block has values of its own, which the product tells it of.
  const [own] = useState(() => createWorkflowStore())
  const store = block?.store ?? own
  const { name } = props
  const path = useMemo(() => [...(outer?.path ?? []), name], [outer?.path, name])
  const [keys, setKeys] = useState<readonly number[]>(() => {
    const items = readPath(store.state().data, path)
    return Array.isArray(items) ? items.map((_, index) => index) : []
  })
  const list = {
    ...props,
    items: keys,
    onItemsChange: (next: readonly number[], items: PlainValue) => {
      setKeys(next)
      store.follow(path, items)
    },
  }
  const drawn = keys.map((itemKey, index) =>
    createElement(ItemOfList, { key: itemKey, itemKey, index, count: keys.length, list: path, store }, children),
  )
  return createElement(named('ArrayInput'), list, drawn)
}

interface ItemOfListProps extends Pick<Item, 'itemKey' | 'index' | 'count' | 'store'> {
  readonly list: ValuePath
  readonly children?: ReactNode
}

const NO_CHANGES: PlainRecord = {}

const ItemOfList = ({ itemKey, index, count, list, store, children }: ItemOfListProps): ReactElement => {
  const path = useMemo(() => [...list, index], [list, index])
  const [changes, setChanges] = useState(NO_CHANGES)
  const ref = useRef<RemoteRef>(null)
  const value = useItemValue(store, path)
  // A field that the user changed is no longer what the extension set.
  const kept = useMemo(() => {
    const left = Object.entries(changes).filter(([name, set]) => JSON.stringify(value[name]) === JSON.stringify(set))
    return left.length === Object.keys(changes).length ? changes : (Object.fromEntries(left) as PlainRecord)
  }, [changes, value])
  useEffect(() => setChanges(kept), [kept])
  const item = useMemo(
    (): Item => ({
      itemKey,
      index,
      count,
      path,
      store,
      update(given) {
        setChanges((before) => ({ ...before, ...given }))
        const { data } = store.state()
        store.follow(path, { ...toRecord(readPath(data, path)), ...given })
      },
      call: async (method) => ref.current?.[method]?.(),
    }),
    [itemKey, index, count, path, store],
  )
  const drawn = createElement(named('ArrayItem'), { ref, itemKey, changes: kept }, children)
  return createElement(ItemContext, { value: item }, drawn)
}

// What a panel holds is plain.
const toRecord = (value: unknown): PlainRecord => (isRecord(value) ? (value as PlainRecord) : NO_CHANGES)

const useItemValue = (store: WorkflowStore, path: ValuePath): PlainRecord => {
  const get = () => toRecord(readPath(store.state().data, path))
  return useSyncExternalStore(store.subscribe, get)
}

type ItemOf<B> = B extends FieldBuilder<readonly (infer Value)[], infer _P> ? Partial<Value> : PlainRecord

/** What `useArrayItem` gives. */
export interface ArrayItemApi<Value = PlainRecord> {
  /** The same wherever the item is moved. */
  readonly key: number
  /** Where it stands, from 0. */
  readonly index: number
  readonly count: number
  /** What has been filled in so far. */
  readonly value: Value
  /** Sets fields of the item. What the user types in another field meanwhile is kept. */
  readonly update: (changes: Value) => void
  /** Takes the item out of the list, unless it has as few as it may have. */
  readonly remove: () => Promise<void>
  readonly moveUp: () => Promise<void>
  readonly moveDown: () => Promise<void>
  /** To another place, from 0. */
  readonly move: (index: number) => Promise<void>
}

/**
 * The item that the children of an `ArrayInput` are drawn for.
 *
 * @typeParam B The list in the schema: `useArrayItem<typeof schema.inputs.lines>()`.
 * @throws {SdkError} `UNKNOWN_SURFACE` outside of an `ArrayInput`.
 */
export const useArrayItem = <B = unknown>(): ArrayItemApi<ItemOf<B>> => {
  const item = useContext(ItemContext)
  if (!item) throw new SdkError('UNKNOWN_SURFACE', 'useArrayItem was called outside of the children of an ArrayInput.')
  const value = useItemValue(item.store, item.path)
  return useMemo(() => {
    const { itemKey, index, count, update, call } = item
    return {
      key: itemKey,
      index,
      count,
      // The product saved it for the schema that the caller names.
      value: value as ItemOf<B>,
      update: (changes) => update(changes as PlainRecord),
      remove: () => call('remove'),
      moveUp: () => call('moveUp'),
      moveDown: () => call('moveDown'),
      async move(to) {
        const target = Math.min(Math.max(Math.trunc(to), 0), count - 1)
        for (let at = index; at < target; at++) await call('moveDown')
        for (let at = index; at > target; at--) await call('moveUp')
      },
    }
  }, [item, value])
}
