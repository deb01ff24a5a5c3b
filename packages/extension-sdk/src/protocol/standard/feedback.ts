import type { ComponentContract } from '../contract'
import { base, container, flag, named, oneOf, string, text, tone } from './parts'

/** What says how things stand. */
export const createFeedbackComponents = () => {
  const openable = {
    events: { onOpenChange: [{ type: 'boolean' }] },
    controlled: { value: 'open', event: 'onOpenChange' },
    methods: [],
  } as const

  return {
    Alert: {
      ...container,
      description: 'Something the user should know.',
      props: { tone, title: text },
      slots: ['actions'],
    },
    Banner: {
      ...container,
      description: 'Something that holds for everything below it. With onDismiss it can be put away.',
      props: { tone, title: text },
      events: { onDismiss: [] },
      slots: ['actions'],
    },
    Spinner: { ...base, description: 'Something is under way.', props: { label: text } },
    Skeleton: {
      ...base,
      description: 'Content that is on its way.',
      props: { lines: { type: 'number', min: 1, max: 20, integer: true, optional: true } },
    },
    Progress: {
      ...base,
      description: 'How far something is.',
      props: { label: string, value: { type: 'number', min: 0, max: 100, optional: true } },
      named,
    },
    EmptyState: {
      ...container,
      description: 'There is nothing here, and what to do.',
      props: { title: string, description: text },
      slots: ['actions'],
    },
    Tooltip: {
      ...container,
      description: 'A few words on a control such as a Button, for those who stay on it.',
      props: { content: string },
      methods: [],
      named: ['content'],
    },
    Popover: {
      ...container,
      description: 'More about something, beside the control in its trigger slot.',
      props: { label: string, open: flag },
      ...openable,
      slots: ['trigger'],
      named,
    },
    Dialog: {
      ...container,
      description: 'Content over the page, opened by the control in its trigger slot or by `open`.',
      props: { title: string, size: oneOf('small', 'medium', 'large'), open: flag },
      ...openable,
      slots: ['trigger', 'footer'],
      named: ['title'],
    },
  } as const satisfies Readonly<Record<string, ComponentContract>>
}
