import type { ComponentContract } from '../contract'
import { base, container, flag, iconName, oneOf, string, text, textTone, tone } from './parts'

/** What is read and looked at. */
export const createTextComponents = () =>
  ({
    Text: {
      ...container,
      description: 'Running text.',
      props: {
        size: oneOf('small', 'medium', 'large'),
        weight: oneOf('regular', 'medium', 'bold'),
        tone: textTone,
      },
    },
    TextBlock: {
      ...container,
      description: 'A paragraph.',
      props: { align: oneOf('left', 'center', 'right', 'start', 'end'), tone: textTone },
    },
    Heading: { ...container, description: 'The title of what follows.', props: { level: oneOf('1', '2', '3', '4') } },
    Typography: {
      ...container,
      description: 'Text in one of the roles of the type scale.',
      props: {
        variant: oneOf('display', 'title', 'subtitle', 'body', 'caption', 'overline'),
        align: oneOf('start', 'center', 'end'),
        tone: textTone,
      },
    },
    Code: { ...container, description: 'Machine text, in a line.' },
    Link: { ...container, description: 'Leads out of the product.', props: { href: { type: 'url', use: 'link' } } },
    Badge: { ...container, description: 'A short status.', props: { tone } },
    Tag: {
      ...container,
      description: 'A word that something is filed under, with a button to take it off when something listens.',
      props: { label: text, tone, disabled: flag },
      events: { onRemove: [] },
    },
    Icon: {
      ...base,
      description: 'One of the pictures of the product. Without a label it is decoration.',
      props: { name: iconName, size: oneOf('small', 'medium', 'large'), tone: textTone, label: text },
    },
    Image: {
      ...base,
      description: 'A picture.',
      props: {
        src: { type: 'url', use: 'image' },
        alt: string,
        width: { type: 'number', min: 1, max: 2000, optional: true },
        height: { type: 'number', min: 1, max: 2000, optional: true },
      },
    },
    Avatar: {
      ...base,
      description: 'A person or company.',
      props: {
        name: string,
        src: { type: 'url', use: 'image', optional: true },
        size: oneOf('small', 'medium', 'large'),
      },
      named: ['name'],
    },
    AvatarGroup: {
      ...container,
      description: 'Avatars that belong together, one over the other.',
      props: { label: string },
      named: ['label'],
    },
    Markdown: {
      ...base,
      description: 'Text written in Markdown. HTML in it is shown as text, and links follow the rule for URLs.',
      props: { text: { type: 'string', maxLength: 100_000 } },
    },
  }) as const satisfies Readonly<Record<string, ComponentContract>>
