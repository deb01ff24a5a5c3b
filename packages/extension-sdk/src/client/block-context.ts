import { createElement, type ReactNode, useMemo, useState } from 'react'
import type { PlainRecord } from '../protocol/messages'
import { isRecord } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { sharedContext } from './shared-context'
import { createWorkflowStore, type WorkflowStore } from './workflow-store'

/** The block whose node or panel is drawn. */
export interface Block {
  readonly label: string
  readonly store: WorkflowStore
}

export const BlockContext = /* @__PURE__ */ sharedContext<Block | undefined>('block', undefined)

interface BlockProviderProps {
  readonly label: string
  readonly values: PlainValue
  readonly children?: ReactNode
}

/** Set by the runtime around the node and the panel of a block. */
export const BlockProvider = ({ label, values, children }: BlockProviderProps) => {
  // The product checked that it is plain; a record of names is all a panel reads.
  const [store] = useState(() => createWorkflowStore(isRecord(values) ? (values as PlainRecord) : {}))
  const block = useMemo(() => ({ label, store }), [label, store])
  return createElement(BlockContext, { value: block }, children)
}
