import type { PlainValue } from '@souk/extension-sdk/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSurfaceValues } from '../surface-values'
import type { PropsOf } from './component-props'
import { PanelContext } from './panel-context'
import { changedFields, createPanelStore } from './panel-store'

const NO_VARIABLES: NonNullable<PropsOf<'WorkflowPanel'>['variables']> = []

export const WorkflowPanel = ({
  label,
  values,
  variables = NO_VARIABLES,
  changes,
  onValuesChange,
  onValueChange,
  children,
  methodsRef,
}: PropsOf<'WorkflowPanel'>) => {
  const saved = useSurfaceValues()
  const listeners = useRef({ onValuesChange, onValueChange, saved })
  useEffect(() => {
    listeners.current = { onValuesChange, onValueChange, saved }
  }, [onValuesChange, onValueChange, saved])
  const [store] = useState(() =>
    createPanelStore(values, (next, path, value) => {
      const told = listeners.current
      told.onValuesChange?.(next)
      told.onValueChange?.(path, value)
      told.saved?.(next)
    }),
  )
  const given = useRef<PlainValue>(values)
  useEffect(() => {
    const changes = changedFields(given.current, values)
    given.current = values
    for (const [name, value] of changes) store.set([name], value)
  }, [store, values])
  const lastChanges = useRef<PlainValue>(undefined)
  useEffect(() => {
    const fields = changedFields(lastChanges.current, changes)
    lastChanges.current = changes
    for (const [name, value] of fields) store.set([name], value)
  }, [store, changes])
  const panel = useMemo(() => ({ store, variables }), [store, variables])
  return (
    <PanelContext.Provider value={panel}>
      <section ref={methodsRef} className="souk-panel" aria-label={label}>
        {children}
      </section>
    </PanelContext.Provider>
  )
}
