import { standardContract } from '../protocol/standard-contract'
import { createComponent } from './create-component'

const { components } = standardContract

/** Children below one another. */
export const Stack = createComponent('Stack', components.Stack)
/** Children beside one another, wrapping when there is no room. */
export const Inline = createComponent('Inline', components.Inline)
/** Children in columns of one width. Fewer columns where there is no room. */
export const Grid = createComponent('Grid', components.Grid)
/** Space around its children, with or without a ground. */
export const Box = createComponent('Box', components.Box)
/** A part of limited height that scrolls, also by keyboard. */
export const ScrollArea = createComponent('ScrollArea', components.ScrollArea)
/** A titled part of a page or panel. */
export const Section = createComponent('Section', components.Section)
/** Content that belongs together, set apart. */
export const Card = createComponent('Card', components.Card)
/** The head of a card that is put together from parts. */
export const CardHeader = createComponent('CardHeader', components.CardHeader)
/** The title in the head of a card. */
export const CardTitle = createComponent('CardTitle', components.CardTitle)
/** The sentence below the title of a card. */
export const CardDescription = createComponent('CardDescription', components.CardDescription)
/** What a card is about. */
export const CardContent = createComponent('CardContent', components.CardContent)
/** The foot of a card, for its actions. */
export const CardFooter = createComponent('CardFooter', components.CardFooter)
/** A line between two parts. */
export const Separator = createComponent('Separator', components.Separator)
/** Parts of which one is seen at a time. */
export const Tabs = createComponent('Tabs', components.Tabs)
/** One part of Tabs. Its children are what is seen when it is chosen. */
export const Tab = createComponent('Tab', components.Tab)
/** Parts that unfold. */
export const Accordion = createComponent('Accordion', components.Accordion)
/** One part of an Accordion. */
export const AccordionItem = createComponent('AccordionItem', components.AccordionItem)
/** Running text. */
export const Text = createComponent('Text', components.Text)
/** A paragraph. */
export const TextBlock = createComponent('TextBlock', components.TextBlock)
/** The title of what follows. */
export const Heading = createComponent('Heading', components.Heading)
/** Machine text, in a line. */
export const Code = createComponent('Code', components.Code)
/** Leads out of the product. */
export const Link = createComponent('Link', components.Link)
/** A word that something is filed under, with a button to take it off when something listens. */
export const Tag = createComponent('Tag', components.Tag)
/** One of the pictures of the product. Without a label it is decoration. */
export const Icon = createComponent('Icon', components.Icon)
/** A picture. */
export const Image = createComponent('Image', components.Image)
/** A person or company. */
export const Avatar = createComponent('Avatar', components.Avatar)
/** Avatars that belong together, one over the other. */
export const AvatarGroup = createComponent('AvatarGroup', components.AvatarGroup)
/** Text written in Markdown. HTML in it is shown as text, and links follow the rule for URLs. */
export const Markdown = createComponent('Markdown', components.Markdown)
/** A button that shows a picture. The label is read out, and shown to those who stay on it. */
export const IconButton = createComponent('IconButton', components.IconButton)
/** Buttons that belong together. */
export const ButtonGroup = createComponent('ButtonGroup', components.ButtonGroup)
/** A button that unfolds actions. Its children are MenuItems. */
export const Menu = createComponent('Menu', components.Menu)
/** One action of a menu. */
export const MenuItem = createComponent('MenuItem', components.MenuItem)
/** Fields that are sent together. */
export const Form = createComponent('Form', components.Form)
/** A label, help and an error around one control that has none of its own. */
export const FormField = createComponent('FormField', components.FormField)
/** The button that sends its form. */
export const FormSubmit = createComponent('FormSubmit', components.FormSubmit)
/** The look of a label, for what is no field. A field has its own. */
export const Label = createComponent('Label', components.Label)
/** One line of text. */
export const Input = createComponent('Input', components.Input)
/** Several lines of text. */
export const Textarea = createComponent('Textarea', components.Textarea)
/** Text that narrows down what is shown, with a button to clear it. */
export const SearchInput = createComponent('SearchInput', components.SearchInput)
/** A number, written the way of the locale. */
export const NumberInput = createComponent('NumberInput', components.NumberInput)
/** One of a few choices. */
export const Select = createComponent('Select', components.Select)
/** One choice of a Select, Combobox or MultiSelect. */
export const Option = createComponent('Option', components.Option)
/** One of many choices, found by typing. With onSearch, the extension finds them. */
export const Combobox = createComponent('Combobox', components.Combobox)
/** Some of a few choices. */
export const MultiSelect = createComponent('MultiSelect', components.MultiSelect)
/** Yes or no, as part of a form. */
export const Checkbox = createComponent('Checkbox', components.Checkbox)
/** Some of a few choices, all in sight. */
export const CheckboxGroup = createComponent('CheckboxGroup', components.CheckboxGroup)
/** One of a few choices, all in sight. */
export const RadioGroup = createComponent('RadioGroup', components.RadioGroup)
/** One choice of a RadioGroup. */
export const Radio = createComponent('Radio', components.Radio)
/** On or off, at once. */
export const Switch = createComponent('Switch', components.Switch)
/** A number in a range, when about right is right enough. */
export const Slider = createComponent('Slider', components.Slider)
/** A day, as YYYY-MM-DD. Empty when there is none. */
export const DateInput = createComponent('DateInput', components.DateInput)
/** A time of day, as HH:MM in 24 hours. Empty when there is none. */
export const TimeInput = createComponent('TimeInput', components.TimeInput)
/** Files that the user chooses. The extension gets a handle for each, which a server function reads; never the bytes. */
export const FileInput = createComponent('FileInput', components.FileInput)
/** Something the user should know. */
export const Alert = createComponent('Alert', components.Alert)
/** Something is under way. */
export const Spinner = createComponent('Spinner', components.Spinner)
/** Content that is on its way. */
export const Skeleton = createComponent('Skeleton', components.Skeleton)
/** How far something is. */
export const Progress = createComponent('Progress', components.Progress)
/** There is nothing here, and what to do. */
export const EmptyState = createComponent('EmptyState', components.EmptyState)
/** A few words on a control such as a Button, for those who stay on it. */
export const Tooltip = createComponent('Tooltip', components.Tooltip)
/** More about something, beside the control in its trigger slot. */
export const Popover = createComponent('Popover', components.Popover)
/** Content over the page, opened by the control in its trigger slot or by `open`. */
export const Dialog = createComponent('Dialog', components.Dialog)
/** Items of one kind. */
export const List = createComponent('List', components.List)
/** One item of a list. */
export const ListItem = createComponent('ListItem', components.ListItem)
/** Names and their values. */
export const DescriptionList = createComponent('DescriptionList', components.DescriptionList)
/** One number that matters. */
export const Stat = createComponent('Stat', components.Stat)
/** Rows and columns. Thousands of rows are given as data: only those in sight are drawn. A few are given as children. */
export const Table = createComponent('Table', components.Table)
/** The row of column names. */
export const TableHead = createComponent('TableHead', components.TableHead)
/** The name of a column. With onSort it is a button. */
export const TableColumn = createComponent('TableColumn', components.TableColumn)
/** The rows. */
export const TableBody = createComponent('TableBody', components.TableBody)
/** One row. */
export const TableRow = createComponent('TableRow', components.TableRow)
/** One cell. */
export const TableCell = createComponent('TableCell', components.TableCell)
/** Goes through the pages of a long list. Pages count from 1. */
export const Pagination = createComponent('Pagination', components.Pagination)
/** What happened, in order. */
export const Timeline = createComponent('Timeline', components.Timeline)
/** One thing that happened. */
export const TimelineItem = createComponent('TimelineItem', components.TimelineItem)
/** How far someone is on a way of several steps. They count from 1. */
export const Steps = createComponent('Steps', components.Steps)
/** How numbers change. */
export const LineChart = createComponent('LineChart', components.LineChart)
/** Numbers beside one another. */
export const BarChart = createComponent('BarChart', components.BarChart)
/** A block as it stands on the canvas. */
export const WorkflowNode = createComponent('WorkflowNode', components.WorkflowNode)
/** One line of a node. */
export const WorkflowNodeRow = createComponent('WorkflowNodeRow', components.WorkflowNodeRow)
/** Text in a node. */
export const WorkflowNodeText = createComponent('WorkflowNodeText', components.WorkflowNodeText)
/** Where a connection starts or ends. */
export const WorkflowNodeHandle = createComponent('WorkflowNodeHandle', components.WorkflowNodeHandle)
/** The settings of a block. It holds the values of the fields in it by their names. */
export const WorkflowPanel = createComponent('WorkflowPanel', components.WorkflowPanel)
/** A field of a panel: label and help around its children, or around a VarInput when it has none. */
export const VarField = createComponent('VarField', components.VarField)
/** Fields of a panel that belong together. */
export const VarFieldGroup = createComponent('VarFieldGroup', components.VarFieldGroup)
/** Text with variables of earlier blocks in it, as {{path}}. */
export const VarInput = createComponent('VarInput', components.VarInput)
/** Text of a panel. */
export const StringInput = createComponent('StringInput', components.StringInput)
/** A number of a panel. */
export const NumberField = createComponent('NumberField', components.NumberField)
/** Yes or no in a panel. */
export const BooleanInput = createComponent('BooleanInput', components.BooleanInput)
/** One of some choices in a panel, or several. */
export const OptionsInput = createComponent('OptionsInput', components.OptionsInput)
/** A list in a panel, as the product draws it. */
export const ArrayInput = createComponent('ArrayInput', components.ArrayInput)
/** The fields of one item of an ArrayInput, as the product draws them. */
export const ArrayItem = createComponent('ArrayItem', components.ArrayItem)
/** Fields beside one another. */
export const FieldRow = createComponent('FieldRow', components.FieldRow)
/** A line between fields, with or without words. */
export const FieldDivider = createComponent('FieldDivider', components.FieldDivider)
/** A field with something before or after it, such as a unit. */
export const InputGroup = createComponent('InputGroup', components.InputGroup)
/** Shows its children when the value of a field says so. The host decides, without asking the extension. */
export const ConditionalRender = createComponent('ConditionalRender', components.ConditionalRender)
