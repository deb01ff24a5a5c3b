import type { PlainValue } from '@souk/extension-sdk/protocol'
import { createContext, useContext, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { Button, Input, TextField } from 'react-aria-components'
import { createPortal } from 'react-dom'
import type { PropsOf } from './component-props'
import { Glyph } from './icon'
import { OuterLabelContext, ScopeContext, useFieldLabel, usePanel, usePanelValue } from './panel-context'
import { changedFields } from './panel-store'
import { useMessages } from './use-messages'

interface Items {
  readonly name: string
  readonly keys: readonly number[]
  /** Where the fields of each item go. */
  readonly places: ReadonlyMap<number, HTMLElement>
  readonly remove: (index: number) => void
  readonly move: (index: number, to: number) => void
}

const ItemsContext = createContext<Items | null>(null)

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index])

export const ArrayInput = ({
  name,
  label,
  description,
  error,
  placeholder,
  required,
  disabled = false,
  addLabel,
  minItems = 0,
  maxItems = 100,
  items: itemKeys,
  onChange,
  onItemsChange,
  children,
  methodsRef,
}: PropsOf<'ArrayInput'>) => {
  const messages = useMessages()
  const [value, set] = usePanelValue(name)
  const { shown, spoken } = useFieldLabel(label, name)
  const id = useId()
  const items: readonly PlainValue[] = Array.isArray(value) ? value : []
  // An item has no name of its own. Each gets a key that goes with it, so that moving one moves its fields and the focus in them.
  const nextKey = useRef(0)
  const keys = useRef<number[] | null>(null)
  if (keys.current === null) {
    const fits = itemKeys?.length === items.length && new Set(itemKeys).size === items.length
    keys.current = fits ? [...itemKeys] : items.map((_, index) => index)
    nextKey.current = Math.max(-1, ...keys.current) + 1
  }
  const current = keys.current
  while (current.length < items.length) current.push(nextKey.current++)
  current.length = items.length
  const [places, setPlaces] = useState<ReadonlyMap<number, HTMLElement>>(() => new Map())

  const told = useRef(itemKeys)
  const tell = (nextKeys: readonly number[], next: readonly PlainValue[]) => {
    told.current = nextKeys
    onItemsChange?.(nextKeys, next)
  }

  const change = (next: readonly PlainValue[], nextKeys: number[]) => {
    keys.current = nextKeys
    // The keys and the values together, so that the extension never takes one item for another.
    if (itemKeys && !isSame(nextKeys, current)) tell(nextKeys, next)
    set(next)
    onChange?.(next)
  }
  // What changed without the user: the extension set the list, or the list came back from being hidden.
  useEffect(() => {
    const known = [...(keys.current ?? [])]
    if (itemKeys && !isSame(itemKeys, known) && !isSame(told.current ?? [], known)) tell(known, items)
  })
  const add = () => change([...items, children ? {} : ''], [...current, nextKey.current++])
  const remove = (index: number) =>
    change(
      items.filter((_, place) => place !== index),
      current.filter((_, place) => place !== index),
    )
  const move = (index: number, to: number) => change(swap(items, index, to), swap(current, index, to))
  const inside: Items = {
    name,
    keys: current,
    places,
    remove: (index) => (items.length > minItems ? remove(index) : undefined),
    move: (index, to) => (to >= 0 && to < items.length ? move(index, to) : undefined),
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset takes no layout of its own.
    <div
      ref={methodsRef}
      className="souk-field souk-array"
      role="group"
      aria-label={shown ?? spoken}
      aria-describedby={id}
    >
      {shown ? (
        <span className="souk-label" aria-hidden="true">
          {shown}
          {required ? <span className="souk-required">*</span> : null}
        </span>
      ) : null}
      <ul className="souk-array-items">
        {items.map((item, index) => (
          <li key={current[index]} className="souk-array-item">
            {itemKeys ? (
              // Its key is among those that were made for the items above.
              <Place itemKey={current[index] as number} setPlaces={setPlaces} />
            ) : (
              <div className="souk-array-fields">
                <Item name={name} index={index}>
                  {children ?? (
                    <TextField
                      className="souk-field"
                      aria-label={`${shown ?? spoken} ${index + 1}`}
                      isDisabled={disabled}
                      value={typeof item === 'string' ? item : ''}
                      onChange={(text) =>
                        change(
                          items.map((other, place) => (place === index ? text : other)),
                          current,
                        )
                      }
                    >
                      <Input className="souk-input" {...(placeholder === undefined ? {} : { placeholder })} />
                    </TextField>
                  )}
                </Item>
              </div>
            )}
            <div className="souk-array-tools">
              <Tool
                label={messages.moveUp}
                icon="arrow-up"
                index={index}
                isDisabled={disabled || index === 0}
                onPress={() => move(index, index - 1)}
              />
              <Tool
                label={messages.moveDown}
                icon="arrow-down"
                index={index}
                isDisabled={disabled || index === items.length - 1}
                onPress={() => move(index, index + 1)}
              />
              <Tool
                label={messages.remove}
                icon="trash"
                index={index}
                isDisabled={disabled || items.length <= minItems}
                onPress={() => remove(index)}
              />
            </div>
          </li>
        ))}
      </ul>
      {itemKeys ? <ItemsContext.Provider value={inside}>{children}</ItemsContext.Provider> : null}
      <Button
        className="souk-button souk-array-add"
        data-size="small"
        isDisabled={disabled || items.length >= maxItems}
        onPress={add}
      >
        <Glyph name="plus" />
        <span className="souk-button-label">{addLabel ?? messages.add}</span>
      </Button>
      <div id={id}>
        {description ? <span className="souk-field-description">{description}</span> : null}
        {error ? <span className="souk-field-error">{error}</span> : null}
      </div>
    </div>
  )
}

interface PlaceProps {
  readonly itemKey: number
  readonly setPlaces: React.Dispatch<React.SetStateAction<ReadonlyMap<number, HTMLElement>>>
}

/** Where the ArrayItem of a key is shown. */
const Place = ({ itemKey, setPlaces }: PlaceProps) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (element) setPlaces((before) => new Map(before).set(itemKey, element))
    return () => setPlaces((before) => new Map([...before].filter(([key]) => key !== itemKey)))
  }, [itemKey, setPlaces])
  return <div ref={place} className="souk-array-fields" />
}

/** The fields of one item, wherever it stands in its list. The extension draws it; the list says where. */
export const ArrayItem = ({ itemKey, changes, children, methodsRef }: PropsOf<'ArrayItem'>) => {
  const list = useContext(ItemsContext)
  const index = list?.keys.indexOf(itemKey) ?? -1
  const place = index < 0 ? undefined : list?.places.get(itemKey)
  const latest = useRef({ list, index, place })
  useEffect(() => {
    latest.current = { list, index, place }
  }, [list, index, place])
  useImperativeHandle(methodsRef, () => {
    // A call that comes after the item was removed finds nothing to do.
    const change = (run: (list: Items, index: number) => void) => () => {
      const { list, index } = latest.current
      if (list && index >= 0) run(list, index)
    }
    return {
      remove: change((list, index) => list.remove(index)),
      moveUp: change((list, index) => list.move(index, index - 1)),
      moveDown: change((list, index) => list.move(index, index + 1)),
      scrollIntoView: () => latest.current.place?.scrollIntoView(),
    }
  }, [])
  if (!list || !place) return null
  return createPortal(
    <Item name={list.name} index={index}>
      <ItemsContext.Provider value={null}>
        <ItemChanges changes={changes} />
        {children}
      </ItemsContext.Provider>
    </Item>,
    place,
  )
}

/** Takes over what the extension sets. */
const ItemChanges = ({ changes }: { readonly changes: PlainValue }) => {
  const { store } = usePanel()
  const scope = useContext(ScopeContext)
  const last = useRef<PlainValue>(undefined)
  useEffect(() => {
    const fields = changedFields(last.current, changes)
    last.current = changes
    for (const [name, value] of fields) store.set([...scope, name], value)
  }, [store, scope, changes])
  return null
}

const swap = <T,>(items: readonly T[], a: number, b: number): T[] => {
  const next = [...items]
  // Both are places in the list: the buttons at its ends are disabled.
  next[a] = items[b] as T
  next[b] = items[a] as T
  return next
}

const Item = ({
  name,
  index,
  children,
}: {
  readonly name: string
  readonly index: number
  readonly children: React.ReactNode
}) => {
  const scope = useContext(ScopeContext)
  const inner = useMemo(() => [...scope, name, index], [scope, name, index])
  return (
    <ScopeContext.Provider value={inner}>
      <OuterLabelContext.Provider value={undefined}>{children}</OuterLabelContext.Provider>
    </ScopeContext.Provider>
  )
}

interface ToolProps {
  readonly label: string
  readonly icon: PropsOf<'Icon'>['name']
  readonly index: number
  readonly isDisabled: boolean
  readonly onPress: () => void
}

const Tool = ({ label, icon, index, isDisabled, onPress }: ToolProps) => (
  <Button className="souk-icon-button" aria-label={`${label}, ${index + 1}`} isDisabled={isDisabled} onPress={onPress}>
    <Glyph name={icon} />
  </Button>
)
