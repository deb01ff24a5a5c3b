import { standardContract } from '../protocol/standard-contract'
import { createComponent } from './create-component'

const { components } = standardContract

/** Children below one another. */
export const Stack = createComponent('Stack', components.Stack)
/** Children beside one another, wrapping when there is no room. */
export const Inline = createComponent('Inline', components.Inline)
/** A titled part of a page or panel. */
export const Section = createComponent('Section', components.Section)
/** Content that belongs together, set apart. */
export const Card = createComponent('Card', components.Card)
/** A line between two parts. */
export const Separator = createComponent('Separator', components.Separator)
/** Running text. */
export const Text = createComponent('Text', components.Text)
/** The title of what follows. */
export const Heading = createComponent('Heading', components.Heading)
/** Machine text, in a line. */
export const Code = createComponent('Code', components.Code)
/** Leads out of the product. */
export const Link = createComponent('Link', components.Link)
/** A short status. */
export const Badge = createComponent('Badge', components.Badge)
/** A picture. */
export const Image = createComponent('Image', components.Image)
/** A person or company. */
export const Avatar = createComponent('Avatar', components.Avatar)
/** Does something. */
export const Button = createComponent('Button', components.Button)
/** Buttons that belong together. */
export const ButtonGroup = createComponent('ButtonGroup', components.ButtonGroup)
/** Fields that are sent together. */
export const Form = createComponent('Form', components.Form)
/** One line of text. */
export const Input = createComponent('Input', components.Input)
/** Several lines of text. */
export const Textarea = createComponent('Textarea', components.Textarea)
/** One of a few choices. */
export const Select = createComponent('Select', components.Select)
/** Yes or no, as part of a form. */
export const Checkbox = createComponent('Checkbox', components.Checkbox)
/** On or off, at once. */
export const Switch = createComponent('Switch', components.Switch)
/** One of a few choices, all in sight. */
export const RadioGroup = createComponent('RadioGroup', components.RadioGroup)
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
/** Items of one kind. */
export const List = createComponent('List', components.List)
/** One item of a list. */
export const ListItem = createComponent('ListItem', components.ListItem)
/** Names and their values. */
export const DescriptionList = createComponent('DescriptionList', components.DescriptionList)
/** One number that matters. */
export const Stat = createComponent('Stat', components.Stat)
/** Rows and columns. */
export const Table = createComponent('Table', components.Table)
/** The row of column names. */
export const TableHead = createComponent('TableHead', components.TableHead)
/** The rows. */
export const TableBody = createComponent('TableBody', components.TableBody)
/** One row. */
export const TableRow = createComponent('TableRow', components.TableRow)
/** One cell. */
export const TableCell = createComponent('TableCell', components.TableCell)
/** What happened, in order. */
export const Timeline = createComponent('Timeline', components.Timeline)
/** One thing that happened. */
export const TimelineItem = createComponent('TimelineItem', components.TimelineItem)
