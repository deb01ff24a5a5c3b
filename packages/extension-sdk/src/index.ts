export {
  defineBlock,
  defineQuickAction,
  defineTrigger,
  type ExecuteConnection,
  type ExecuteContext,
  type PollingExecuteResult,
  type PollingState,
  type QuickAction,
  type QuickActionContext,
  type QuickActionFormProps,
  type WorkflowBlock,
  type WorkflowConfig,
  type WorkflowExecuteFunction,
  type WorkflowPolling,
  type WorkflowTrigger,
} from './app/workflow'
export {
  type InferWorkflowInput,
  type InferWorkflowOutput,
  Workflow,
  type WorkflowOption,
  type WorkflowSchema,
} from './fields/workflow-builders'
export * from './provided'
