/** What a bundle carries itself, where it is used: not every app has forms and workflow blocks. */

export { Forms } from '../fields/form-builders'
export { alert } from './alert'
export { ArrayInput, useArrayItem } from './array-input'
export { Form, FormField, FormFields, FormSubmit, useForm } from './forms'
export { runQuickAction } from './quick-actions'
export { useVariable, useWorkflow, useWorkflowContext, useWorkflowNode, WorkflowNode, WorkflowPanel } from './workflow'
