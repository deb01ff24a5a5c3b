import { type ConnectionDefinition, type LeafSetting, type Manifest, settingLeaves } from '@souk/extension-sdk/protocol'
import type { Messages } from './messages'

export type ChangeGroup = keyof Messages['changeGroups']
type ChangeKind = keyof Messages['changeKinds']

/** One difference between two manifests, in words. */
export interface ManifestChange {
  readonly group: ChangeGroup
  readonly kind: ChangeKind
  readonly id: string
  readonly title: string
  readonly details: readonly string[]
  /** The app may do more than before: what a reviewer looks at first. */
  readonly asksForMore: boolean
}

/** What a new version asks for, shows and runs that the one before did not, and what is gone. Without one before, all of it is new. */
export const diffManifests = (
  before: Manifest | null,
  after: Manifest,
  messages: Messages,
  join: (items: readonly string[]) => string,
): readonly ManifestChange[] => [
  ...diff('scopes', true, before?.scopes ?? [], after.scopes, {
    idOf: ({ id }) => id,
    describe: ({ purpose }) => [purpose],
    compare: (a, b) => (a.purpose === b.purpose ? [] : [messages.purposeOf(a.purpose, b.purpose)]),
  }),
  ...diff('egress', true, before?.egress.server ?? [], after.egress.server, {
    idOf: ({ host }) => host,
    describe: ({ host, purpose, attach }) => [purpose, ...(attach ? [messages.credentialTo(host)] : [])],
    compare: (a, b) => [
      ...(a.purpose === b.purpose ? [] : [messages.purposeOf(a.purpose, b.purpose)]),
      ...(isSame(a.attach, b.attach) ? [] : b.attach ? [messages.credentialTo(b.host)] : []),
    ],
    grows: (a, b) => b.attach !== undefined && !isSame(a.attach, b.attach),
  }),
  ...diff('connections', true, before?.connections ?? [], after.connections ?? [], {
    idOf: ({ id }) => id,
    titleOf: ({ label }) => label,
    describe: (definition) => [
      definition.scope === 'user' ? messages.forUsers : messages.forOrganization,
      ...describeCredential(definition, messages, join),
    ],
    compare: (a, b) => [
      ...(!a.reveal && b.reveal ? [messages.credentialRevealedNow] : []),
      ...(isSame(hostsOf(a), hostsOf(b)) ? [] : [messages.credentialTo(join(hostsOf(b)))]),
    ],
    grows: (a, b) => (!a.reveal && b.reveal === true) || hostsOf(b).some((host) => !hostsOf(a).includes(host)),
  }),
  ...diff('surfaces', false, before?.surfaces ?? [], after.surfaces, {
    idOf: ({ kind, id }) => `${kind} ${id}`,
    titleOf: ({ label }) => label,
    describe: ({ kind, description }) => [kind, ...(description ? [description] : [])],
    compare: (a, b) => (a.label === b.label ? [] : [messages.purposeOf(a.label, b.label)]),
  }),
  ...diff('tools', false, before?.tools ?? [], after.tools ?? [], {
    idOf: ({ id }) => id,
    titleOf: ({ name }) => name,
    describe: ({ description }) => [description],
    compare: (a, b) => (a.description === b.description ? [] : [messages.purposeOf(a.description, b.description)]),
  }),
  ...diff('functions', false, before?.functions ?? [], after.functions, {
    idOf: ({ id }) => id,
    describe: ({ callable }) => [callable ? messages.callableNow : messages.internal],
    compare: (a, b) => (a.callable === b.callable ? [] : [b.callable ? messages.callableNow : messages.internal]),
    grows: (a, b) => !a.callable && b.callable,
  }),
  ...diff('settings', false, settingsOf(before, messages), settingsOf(after, messages), {
    idOf: ({ id }) => id,
    titleOf: ({ field }) => field.label,
    describe: ({ whose, field }) => [whose, field.type === 'secret' ? messages.settingSecret : messages.settingPlain],
    compare: (a, b) =>
      (a.field.type === 'secret') === (b.field.type === 'secret')
        ? []
        : [b.field.type === 'secret' ? messages.settingSecret : messages.settingPlain],
    // A secret that becomes plain can be read in the browser.
    grows: (a, b) => a.field.type === 'secret' && b.field.type !== 'secret',
  }),
  ...diff('events', false, before?.events ?? [], after.events ?? [], {
    idOf: ({ type, function: id }) => `${type} ${id}`,
    titleOf: ({ type }) => type,
    describe: ({ function: id }) => [id],
  }),
]

interface Reading<T> {
  readonly idOf: (item: T) => string
  readonly titleOf?: (item: T) => string
  readonly describe: (item: T) => readonly string[]
  /** What to say of one that stayed. Something else may differ, and then nothing is said but that it does. */
  readonly compare?: (before: T, after: T) => readonly string[]
  readonly grows?: (before: T, after: T) => boolean
}

const diff = <T>(
  group: ChangeGroup,
  newAsksForMore: boolean,
  before: readonly T[],
  after: readonly T[],
  { idOf, titleOf = idOf, describe, compare = () => [], grows = () => false }: Reading<T>,
): readonly ManifestChange[] => {
  const earlier = new Map(before.map((item) => [idOf(item), item]))
  const later = new Set(after.map(idOf))
  const change = (kind: ChangeKind, item: T, details: readonly string[], asksForMore: boolean): ManifestChange => ({
    group,
    kind,
    id: idOf(item),
    title: titleOf(item),
    details,
    asksForMore,
  })
  return [
    ...after.flatMap((item) => {
      const old = earlier.get(idOf(item))
      if (old === undefined) return [change('added', item, describe(item), newAsksForMore)]
      return isSame(old, item) ? [] : [change('changed', item, compare(old, item), grows(old, item))]
    }),
    ...before.flatMap((item) => (later.has(idOf(item)) ? [] : [change('removed', item, describe(item), false)])),
  ]
}

const hostsOf = ({ attach }: ConnectionDefinition): readonly string[] => [...new Set(attach?.map(({ host }) => host))]

const describeCredential = (
  definition: ConnectionDefinition,
  messages: Messages,
  join: (items: readonly string[]) => string,
): readonly string[] => [
  ...(hostsOf(definition).length > 0 ? [messages.credentialTo(join(hostsOf(definition)))] : []),
  ...(definition.reveal ? [messages.credentialRevealed] : []),
]

interface PlacedSetting {
  readonly id: string
  readonly whose: string
  readonly field: LeafSetting
}

const settingsOf = (manifest: Manifest | null, messages: Messages): readonly PlacedSetting[] =>
  manifest
    ? (['organization', 'user'] as const).flatMap((scope) =>
        settingLeaves(manifest.settings[scope]).map(([path, field]) => ({
          id: `${scope} ${path}`,
          whose: scope === 'user' ? messages.forUsers : messages.forOrganization,
          field,
        })),
      )
    : []

/** Whether two pieces of a manifest say the same. They are JSON; the order of keys does not matter. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)])
      : value
