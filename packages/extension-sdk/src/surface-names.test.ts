import { describe, expect, expectTypeOf, test } from 'vitest'
import type {
  App,
  BulkRecordAction,
  InferWorkflowInput,
  InferWorkflowOutput,
  PollingExecuteResult,
  PollingState,
  QuickAction,
  RecordAction,
  RecordWidget,
  SettingsSchema,
  WorkflowBlock,
  WorkflowExecuteFunction,
  WorkflowSchema,
  WorkflowTrigger,
} from '.'
import * as root from '.'
import type { DialogComponent, FormRef, InferFormValues, UseWorkflowApi } from './client'
import * as client from './client'
import * as clientBundle from './client/bundled'
import * as fields from './fields'
import type { Connection } from './server'
import * as server from './server'
import * as shared from './shared'
import type { Tool, Toolset } from './tools'
import * as tools from './tools'

/** The names that extensions import, by the entry they come from. Each of them works; none is removed without a new major version. */
const NAMES: readonly (readonly [entry: string, exports: object, names: string])[] = [
  [
    '@souk/extension-sdk',
    root,
    'Workflow Settings defineApp defineConfig defineConnection defineBlock defineTrigger defineQuickAction',
  ],
  [
    '@souk/extension-sdk/client',
    client,
    `useWorkflow useWorkflowNode useWorkflowContext useVariable WorkflowNode WorkflowNodeRow WorkflowNodeText WorkflowNodeHandle
     WorkflowPanel VarInput VarField VarFieldGroup StringInput NumberInput BooleanInput OptionsInput ArrayInput FieldRow FieldDivider
     Section InputGroup ConditionalRender TextBlock Button Badge Banner Avatar Separator Typography Alert Card CardHeader CardTitle
     CardDescription CardContent CardFooter Input Textarea Select Checkbox Switch Dialog Skeleton Form FormField FormSubmit Forms useForm
     showDialog closeDialog showToast alert confirm navigateTo openRecord openUrl useAsyncCache invalidateAsyncCache useCurrentUser
     useSettings useRecord useRecords useArrayItem useSurfaceContext useHostContext hasCapability`,
  ],
  [
    '@souk/extension-sdk/server',
    server,
    `getConnection getOrganizationConnection getUserConnection listConnections getOrganizationSettings getOrganizationSetting
     setOrganizationSettings setOrganizationSetting getUserSettings getUserSetting setUserSettings setUserSetting getCurrentUser storage
     fetch signal deadline callHost InvalidInputError ConnectionExpiredError ConnectionNotFoundError RateLimitError UpstreamServiceError
     InsufficientPermissionsError ConflictError NotFoundError`,
  ],
  ['@souk/extension-sdk/tools', tools, 'defineTool z'],
  ['@souk/extension-sdk/fields', fields, 'defineFields Workflow'],
  ['@souk/extension-sdk/shared', shared, 'BlockValidationError BlockRuntimeError'],
]

/** A component of the contract without parts of its own is its name. */
const isUsable = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null) ||
  (typeof value === 'string' && value !== '')

test.each(NAMES)('%s has every name that extensions import', (_, exports, names) => {
  const missing = names.split(/\s+/).filter((name) => !isUsable(Reflect.get(exports, name)))
  expect(missing).toEqual([])
})

const builders: readonly (readonly [string, object, string])[] = [
  [
    'Workflow',
    root.Workflow,
    'string number boolean date datetime time email url phone select array struct object currency secret file',
  ],
  ['Settings', root.Settings, 'string number boolean select struct secret'],
  ['Forms', client.Forms, 'string number boolean select'],
  ['Typography', client.Typography, 'Body Caption'],
  ['storage', server.storage, 'get set setIfAbsent remove collection'],
]

test.each(builders)('%s has all that is built with it', (_, owner, names) => {
  expect(names.split(' ').filter((name) => !isUsable(Reflect.get(owner, name)))).toEqual([])
})

test('a client bundle gets every name of the client, from the runtime or with it', async () => {
  const runtime = await import('./client/provided')
  const given = new Set([...Object.keys(runtime), ...Object.keys(clientBundle)])
  expect(Object.keys(client).filter((name) => !given.has(name))).toEqual([])
})

describe('types', () => {
  test('those that extensions import are there', () => {
    type All = [
      [App, RecordAction, BulkRecordAction, RecordWidget, QuickAction, SettingsSchema],
      [WorkflowSchema, WorkflowBlock, WorkflowTrigger, WorkflowExecuteFunction, PollingState, PollingExecuteResult],
      [InferWorkflowInput<WorkflowSchema>, InferWorkflowOutput<WorkflowSchema>],
      [UseWorkflowApi, DialogComponent, FormRef, InferFormValues<Record<never, never>>, Connection],
      [Tool, Toolset],
    ]
    expectTypeOf<All>().not.toBeAny()
    expectTypeOf<Connection['id']>().toEqualTypeOf<string>()
    expectTypeOf<keyof FormRef>().toEqualTypeOf<'reset' | 'setValue' | 'validate' | 'getValues' | 'submit'>()
    expectTypeOf<UseWorkflowApi>().toHaveProperty('updateData')
  })
})
