/**
 * What a client bundle gets for `@souk/extension-sdk/client`: the names of the runtime, which has more names every year,
 * and its own copy of what the runtime does not have.
 */

export * from '@souk/extension-sdk/client'
export {
  ArrayInput,
  alert,
  Form,
  FormField,
  FormFields,
  FormSubmit,
  Forms,
  runQuickAction,
  useArrayItem,
  useForm,
  useVariable,
  useWorkflow,
  useWorkflowContext,
  useWorkflowNode,
  WorkflowNode,
  WorkflowPanel,
} from './bundled'
