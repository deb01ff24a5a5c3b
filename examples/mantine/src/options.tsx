import type { PropsOf } from '@souk/host/components'
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly disabled: boolean
}

const ChangedContext = createContext<() => void>(() => undefined)

/** One choice, said to the list around it. The elements of a tree are opaque, so it is the page that keeps them in their order. */
export const Option = ({ value, label, disabled = false, children }: PropsOf<'Option'>) => {
  const changed = useContext(ChangedContext)
  useLayoutEffect(() => {
    changed()
    return changed
  })
  return (
    <option value={value} disabled={disabled}>
      {label ?? children ?? value}
    </option>
  )
}

const toChoice = ({ value, label, disabled = false }: NonNullable<PropsOf<'Select'>['options']>[number]): Choice => ({
  value,
  label,
  disabled: disabled ?? false,
})

const isSame = (a: readonly Choice[], b: readonly Choice[]) => JSON.stringify(a) === JSON.stringify(b)

/** Mantine takes its choices as data: those given as data, and after them those given as children. A value may come once. */
export const useChoices = (
  options: PropsOf<'Select'>['options'],
  children: ReactNode,
): { readonly choices: Choice[]; readonly said: ReactNode } => {
  const list = useRef<HTMLDataListElement>(null)
  const [own, setOwn] = useState<readonly Choice[]>([])
  const [read] = useState(() => () => {
    const next = [...(list.current?.options ?? [])].map(({ value, textContent, disabled }) => ({
      value,
      label: textContent ?? value,
      disabled,
    }))
    setOwn((before) => (isSame(before, next) ? before : next))
  })
  // An option that goes says so while it is still there.
  const [changed] = useState(() => () => queueMicrotask(read))
  useEffect(read, [read])
  const all = [...(options ?? []).map(toChoice), ...own]
  const choices = [...new Map(all.map((choice) => [choice.value, choice])).values()]
  const said = children ? (
    <ChangedContext value={changed}>
      <datalist ref={list} hidden>
        {children}
      </datalist>
    </ChangedContext>
  ) : null
  return { choices, said }
}
