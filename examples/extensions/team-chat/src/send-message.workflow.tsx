import { defineBlock, Workflow } from '@souk/extension-sdk'
import {
  Skeleton,
  useAsyncCache,
  useWorkflow,
  useWorkflowNode,
  WorkflowNode,
  WorkflowNodeHandle,
  WorkflowNodeRow,
  WorkflowNodeText,
  WorkflowPanel,
} from '@souk/extension-sdk/client'
import { Suspense } from 'react'
import { listChannels, post } from './messages.server'

const schema = {
  inputs: {
    channel: Workflow.string({ label: 'Channel' }),
    text: Workflow.string({ label: 'Message', multiline: true, maxLength: 4000 }),
  },
  outputs: { id: Workflow.string({ label: 'Message id' }) },
}

const ChannelInput = () => {
  const { OptionsInput } = useWorkflow(schema)
  const channels = useAsyncCache(listChannels)
  return <OptionsInput name="channel" options={channels.map(({ id, name }) => ({ value: id, label: name }))} />
}

const Panel = () => {
  const { StringInput, VarField } = useWorkflow(schema)
  return (
    <WorkflowPanel>
      <Suspense fallback={<Skeleton />}>
        <ChannelInput />
      </Suspense>
      <VarField name="text">
        <StringInput name="text" />
      </VarField>
    </WorkflowPanel>
  )
}

const Node = () => {
  const { channel } = useWorkflowNode().data
  return (
    <WorkflowNode>
      <WorkflowNodeHandle id="in" type="target" label="Before" />
      <WorkflowNodeRow label="To">
        <WorkflowNodeText>{channel ? `#${String(channel)}` : 'No channel yet'}</WorkflowNodeText>
      </WorkflowNodeRow>
      <WorkflowNodeHandle id="out" type="source" label="After" />
    </WorkflowNode>
  )
}

export const sendMessage = defineBlock({
  id: 'send-message',
  label: 'Send a message',
  category: 'Team chat',
  icon: 'send',
  schema,
  panel: Panel,
  node: Node,
  execute: post,
  config: { timeout: 10_000, retries: 2, canRunSingle: true },
})
