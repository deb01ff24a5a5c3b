export { Forms, type InferFormValues, type NumberFieldBuilder, type TextFieldBuilder } from '../fields/form-builders'
export { type AlertOptions, alert } from './alert'
export { ArrayInput, type ArrayItemApi, useArrayItem } from './array-input'
export type { FormErrors, FormMode, FormOptions, FormRef } from './form-store'
export {
  type BoundFieldProps,
  Form,
  type FormApi,
  FormField,
  FormFields,
  type FormProps,
  FormSubmit,
  useForm,
} from './forms'
export * from './provided'
export {
  type FieldName,
  type UseWorkflowApi,
  useVariable,
  useWorkflow,
  useWorkflowContext,
  useWorkflowNode,
  type WorkflowContext,
  WorkflowNode,
  WorkflowPanel,
  type WorkflowVariable,
} from './workflow'
