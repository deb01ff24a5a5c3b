import type { SurfaceContract } from './contract'

/** Where extensions may appear in every product that offers the place. */
export const createStandardSurfaces = () => {
  const string = { type: 'string' } as const
  const text = { type: 'string', optional: true } as const
  const anything = { type: 'any', optional: true } as const
  const record = { recordType: string, recordId: string } as const
  const selection = { callRecordingId: string, text: string } as const
  const block = {
    /** The block on the canvas. */
    nodeId: string,
    /** What has been filled in: where the panel starts. */
    values: anything,
    status: { type: 'enum', values: ['idle', 'running', 'success', 'error'], optional: true },
    selected: { type: 'boolean', optional: true },
    /** What the last run took and gave. */
    lastRun: anything,
    /** Ids of the nodes before and after it. */
    connections: anything,
    variables: {
      type: 'array',
      items: { type: 'object', fields: { value: string, label: string, group: text } },
      maxItems: 1000,
      optional: true,
    },
  } as const

  return {
    'app.page': { description: 'A page of its own.', behavior: 'render', context: {} },
    'record.widgets': { description: 'Beside a record.', behavior: 'render', context: record },
    'record.actions': { description: 'In the menu of a record.', behavior: 'trigger', context: record },
    'record.bulkActions': {
      description: 'In the menu of several records that are selected in a list.',
      behavior: 'trigger',
      context: { recordType: string, recordIds: { type: 'array', items: string, maxItems: 10_000 } },
    },
    'callRecording.insight': {
      description: 'On text selected in an insight of a call.',
      behavior: 'trigger',
      context: { ...selection, insightId: text },
    },
    'callRecording.summary': {
      description: 'On text selected in the summary of a call.',
      behavior: 'trigger',
      context: selection,
    },
    'callRecording.transcript': {
      description: 'On text selected in what was said in a call.',
      behavior: 'trigger',
      context: { ...selection, speaker: text },
    },
    'workflow.blocks': {
      description: 'A step of a workflow. Run alone, it takes its input and gives its output.',
      behavior: 'trigger',
      context: { input: anything },
    },
    'workflow.triggers': {
      description: 'What starts a workflow. Run alone, it says what has happened since the state it is given.',
      behavior: 'trigger',
      context: { input: anything, state: anything },
    },
    'workflow.nodes': { description: 'A block on the canvas of a workflow.', behavior: 'render', context: block },
    'workflow.panels': { description: 'The settings of a block.', behavior: 'render', context: block },
    quickActions: {
      description: 'In the list of things to do at once, anywhere in the product.',
      behavior: 'trigger',
      context: { recordType: text, recordId: text },
    },
  } as const satisfies Readonly<Record<string, SurfaceContract>>
}
