import type { ComponentContract } from '../contract'
import { base, container, flag, gap, named, oneOf, string, text } from './parts'

/** Where things stand. */
export const createLayoutComponents = () =>
  ({
    Stack: {
      ...container,
      description: 'Children below one another.',
      props: { gap, align: oneOf('start', 'center', 'end', 'stretch') },
    },
    Inline: {
      ...container,
      description: 'Children beside one another, wrapping when there is no room.',
      props: {
        gap,
        align: oneOf('start', 'center', 'end', 'baseline'),
        justify: oneOf('start', 'center', 'end', 'between'),
      },
    },
    Grid: {
      ...container,
      description: 'Children in columns of one width. Fewer columns where there is no room.',
      props: { columns: { type: 'number', min: 1, max: 12, integer: true, optional: true }, gap },
    },
    Box: {
      ...container,
      description: 'Space around its children, with or without a ground.',
      props: { padding: gap, surface: oneOf('none', 'sunken', 'raised'), border: flag },
    },
    ScrollArea: {
      ...container,
      description: 'A part of limited height that scrolls, also by keyboard.',
      props: { label: string, height: oneOf('small', 'medium', 'large') },
      named,
    },
    Section: {
      ...container,
      description: 'A titled part of a page or panel.',
      props: { title: text, description: text },
      slots: ['actions'],
    },
    Card: {
      ...container,
      description: 'Content that belongs together, set apart.',
      props: { title: text, description: text },
      slots: ['actions', 'footer'],
    },
    CardHeader: {
      ...container,
      description: 'The head of a card that is put together from parts.',
      slots: ['actions'],
    },
    CardTitle: { ...container, description: 'The title in the head of a card.' },
    CardDescription: { ...container, description: 'The sentence below the title of a card.' },
    CardContent: { ...container, description: 'What a card is about.' },
    CardFooter: { ...container, description: 'The foot of a card, for its actions.' },
    Separator: { ...base, description: 'A line between two parts.' },
    Tabs: {
      ...container,
      description: 'Parts of which one is seen at a time.',
      props: { label: string, value: text, orientation: oneOf('horizontal', 'vertical') },
      events: { onChange: [string] },
      controlled: { value: 'value', event: 'onChange' },
      named,
    },
    Tab: {
      ...container,
      description: 'One part of Tabs. Its children are what is seen when it is chosen.',
      props: { id: string, label: string, disabled: flag },
      methods: [],
      named,
    },
    Accordion: {
      ...container,
      description: 'Parts that unfold.',
      props: { multiple: flag },
    },
    AccordionItem: {
      ...container,
      description: 'One part of an Accordion.',
      props: { title: string, expanded: flag, disabled: flag },
      events: { onExpandedChange: [{ type: 'boolean' }] },
      controlled: { value: 'expanded', event: 'onExpandedChange' },
      named: ['title'],
    },
  }) as const satisfies Readonly<Record<string, ComponentContract>>
