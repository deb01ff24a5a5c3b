/** Where components of the standard contract stand that mean nothing alone: outermost first. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  Tab: ['Tabs'],
  AccordionItem: ['Accordion'],
  CardHeader: ['Card'],
  CardTitle: ['Card', 'CardHeader'],
  CardDescription: ['Card', 'CardHeader'],
  CardContent: ['Card'],
  CardFooter: ['Card'],
  MenuItem: ['Menu'],
  Option: ['Select'],
  Radio: ['RadioGroup'],
  ListItem: ['List'],
  TimelineItem: ['Timeline'],
  TableHead: ['Table'],
  TableBody: ['Table'],
  TableRow: ['Table', 'TableBody'],
  TableCell: ['Table', 'TableBody', 'TableRow'],
  TableColumn: ['Table', 'TableHead'],
  WorkflowNodeRow: ['WorkflowNode'],
  WorkflowNodeText: ['WorkflowNode', 'WorkflowNodeRow'],
  WorkflowNodeHandle: ['WorkflowNode'],
  VarField: ['WorkflowPanel'],
  VarFieldGroup: ['WorkflowPanel'],
  VarInput: ['WorkflowPanel'],
  StringInput: ['WorkflowPanel'],
  NumberField: ['WorkflowPanel'],
  BooleanInput: ['WorkflowPanel'],
  OptionsInput: ['WorkflowPanel'],
  ArrayInput: ['WorkflowPanel'],
  ArrayItem: ['WorkflowPanel', 'ArrayInput'],
  ConditionalRender: ['WorkflowPanel'],
  FormSubmit: ['Form'],
}

export const parentsOf = (name: string): readonly string[] =>
  Object.hasOwn(PARENTS, name) ? (PARENTS[name] ?? []) : []

/** What makes a component draw what stands in it. */
export const HOLDING: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { ArrayInput: { items: [0] } }

/** What makes a component show what it has. */
export const REVEALING: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Popover: { open: true },
  Dialog: { open: true },
  AccordionItem: { expanded: true },
  ConditionalRender: { isSet: false },
}

/** Their children show only after a click on what is around them, or, for a native control, may hold text alone. */
export const UNFOLDED: ReadonlySet<string> = new Set([
  'MenuItem',
  'Option',
  'Menu',
  'Select',
  'Combobox',
  'MultiSelect',
])

/** They show their children for items of a list, and a sample has none. */
export const REPEATING: ReadonlySet<string> = new Set(['ArrayInput', 'ArrayItem'])

/** Shown to those who stay on the control inside. */
export const LATER: Readonly<Record<string, readonly string[]>> = { Tooltip: ['content'] }

/** Components whose contents have to be elements of their own kind. */
export const KINDRED: ReadonlySet<string> = new Set([
  'Tabs',
  'Accordion',
  'Menu',
  'Select',
  'Combobox',
  'MultiSelect',
  'RadioGroup',
  'List',
  'Timeline',
  'Table',
  'TableHead',
  'TableBody',
  'TableRow',
  'Tooltip',
])
