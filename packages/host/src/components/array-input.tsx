import type { PlainValue } from '@souk/extension-sdk/protocol'
import { useContext, useId, useMemo, useRef } from 'react'
import { Button, Input, TextField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { Glyph } from './icon'
import { OuterLabelContext, ScopeContext, useFieldLabel, usePanelValue } from './panel-context'
import { useMessages } from './use-messages'

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
  onChange,
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
  const keys = useRef<number[]>([])
  while (keys.current.length < items.length) keys.current.push(nextKey.current++)
  keys.current.length = items.length

  const change = (next: readonly PlainValue[], nextKeys: number[]) => {
    keys.current = nextKeys
    set(next)
    onChange?.(next)
  }
  const add = () => change([...items, children ? {} : ''], [...keys.current, nextKey.current++])
  const remove = (index: number) =>
    change(
      items.filter((_, place) => place !== index),
      keys.current.filter((_, place) => place !== index),
    )
  const move = (index: number, to: number) => change(swap(items, index, to), swap(keys.current, index, to))

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
          <li key={keys.current[index]} className="souk-array-item">
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
                        keys.current,
                      )
                    }
                  >
                    <Input className="souk-input" {...(placeholder === undefined ? {} : { placeholder })} />
                  </TextField>
                )}
              </Item>
            </div>
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
