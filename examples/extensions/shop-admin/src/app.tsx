import {
  type App,
  defineTrigger,
  type FieldBuilder,
  type FieldBuilders,
  Workflow,
  type WorkflowBlock,
} from '@souk/extension-sdk'
import { useWorkflow, useWorkflowNode, WorkflowNode, WorkflowNodeText, WorkflowPanel } from '@souk/extension-sdk/client'
import { settings } from './app.settings'
import { fieldsOf, OPERATIONS, RESOURCES, type ShopField } from './resources'
import run from './run.server'

const labelOf = (key: string) => key.charAt(0).toUpperCase() + key.slice(1)

const build = ({ key, type }: ShopField): FieldBuilder => {
  const options = { label: labelOf(key), required: false } as const
  if (type === 'number') return Workflow.number(options)
  return type === 'flag' ? Workflow.boolean(options) : Workflow.string(options)
}

// Made from data, so its names are known only when it runs.
const inputs: FieldBuilders = {
  resource: Workflow.select({ label: 'Resource', options: RESOURCES }),
  operation: Workflow.select({ label: 'Operation', options: OPERATIONS }),
  ...Object.fromEntries(RESOURCES.flatMap(fieldsOf).map((field) => [field.name, build(field)])),
}

const schema = { inputs, outputs: { id: Workflow.string({ label: 'Id' }) } }

const ShopInput = ({ field }: { readonly field: ShopField }) => {
  const { StringInput, NumberInput, BooleanInput, ConditionalRender } = useWorkflow(schema)
  const Input = { text: StringInput, number: NumberInput, flag: BooleanInput }[field.type]
  const input = <Input name={field.name} />
  return field.onlyWith ? <ConditionalRender field={field.onlyWith}>{input}</ConditionalRender> : input
}

const Panel = () => {
  const { OptionsInput, ConditionalRender, VarFieldGroup } = useWorkflow(schema)
  return (
    <WorkflowPanel>
      <OptionsInput name="resource" />
      <OptionsInput name="operation" />
      {RESOURCES.map((resource) => (
        <ConditionalRender key={resource} field="resource" equals={resource}>
          <ConditionalRender field="operation" oneOf={['create', 'update']}>
            <VarFieldGroup label={resource}>
              {fieldsOf(resource).map((field) => (
                <ShopInput key={field.name} field={field} />
              ))}
            </VarFieldGroup>
          </ConditionalRender>
        </ConditionalRender>
      ))}
    </WorkflowPanel>
  )
}

const Node = () => {
  const { resource, operation } = useWorkflowNode().data
  return (
    <WorkflowNode>
      <WorkflowNodeText>{resource ? `${String(operation ?? '')} ${String(resource)}` : 'Nothing yet'}</WorkflowNodeText>
    </WorkflowNode>
  )
}

export const shopStep: WorkflowBlock = {
  id: 'shop',
  label: 'Work with the shop',
  category: 'Shop',
  icon: 'tag',
  schema,
  panel: Panel,
  node: Node,
  execute: run,
  config: { timeout: 20_000, retries: 1, canRunSingle: true },
}

/** Nobody asks for its events: `shop-events.webhook.ts` brings them. */
const shopEvent = defineTrigger({
  id: 'shop-event',
  label: 'Something happens in the shop',
  category: 'Shop',
  icon: 'tag',
  schema: { inputs: {}, outputs: { topic: Workflow.string(), data: Workflow.object() } },
})

export const app: App = { workflow: { blocks: [shopStep], triggers: [shopEvent] }, settings }
