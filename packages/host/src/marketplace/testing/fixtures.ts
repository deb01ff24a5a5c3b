import type {
  CatalogApp,
  CatalogDeployment,
  CatalogVersion,
  ConnectionInfo,
  ConnectionsResponse,
  DeveloperAccount,
  DeviceLogin,
  Installation,
  InstallationEvent,
  MeResponse,
  SettingsResponse,
  SettingsSchema,
} from '@souk/extension-sdk/protocol'

const deployment: CatalogDeployment = {
  id: 'dep-100',
  version: '1.4.0',
  deploymentType: 'production',
  publishedAt: '2026-03-02T09:00:00.000Z',
  releaseNotes: 'Orders now show their parcels and where each of them is.\nThe widget opens twice as fast.',
  scopes: [
    { id: 'tickets:read', purpose: 'Read the customer’s e-mail address on a ticket, to find their orders' },
    { id: 'tickets:comment', purpose: 'Leave a note on a ticket when an order was refunded' },
  ],
  egress: [
    { host: 'orders.northwind.example', purpose: 'Look up orders and refund them' },
    { host: '*.tracking.example', purpose: 'Ask where a parcel is' },
  ],
  surfaces: [
    {
      kind: 'record.widgets',
      id: 'recent-orders',
      label: 'Recent orders',
      description: 'The customer’s last orders beside the ticket',
      recordTypes: ['ticket'],
    },
    {
      kind: 'record.actions',
      id: 'refund',
      label: 'Refund an order',
      description: 'Choose an order and give the money back',
      recordTypes: ['ticket'],
    },
  ],
  settings: { organization: {}, user: {} },
}

export const orderLookup: CatalogApp = {
  id: 'app-orders',
  slug: 'order-lookup',
  verified: true,
  title: 'Order Lookup',
  description: 'See what a customer ordered, and refund it, without leaving the ticket.',
  category: 'Commerce',
  tags: ['orders', 'refunds'],
  installCount: 1280,
  avatarUrl: null,
  overview:
    'Support agents spend minutes of every conversation looking up orders in another tab. Order Lookup puts them beside the ticket: what was ordered, what was paid, where the parcel is.\n\nWhen something went wrong, an agent refunds the order in two clicks.',
  contentHowItWorks:
    'The app reads the e-mail address of the ticket’s customer and asks your order service for the orders that belong to it. Nothing is copied: each look is a fresh one.',
  contentConfigure: 'You need the address of your order service and an API key of it.',
  screenshots: [],
  websiteUrl: 'https://parcelworks.example',
  documentationUrl: 'https://parcelworks.example/docs',
  supportUrl: 'mailto:help@parcelworks.example',
  termsUrl: null,
  developer: { slug: 'parcelworks', title: 'Parcelworks', logoUrl: null },
  deployment,
  installation: null,
}

/** An app that works with accounts of other services: one that the platform alone uses, one that its code may read. */
export const withAccounts: CatalogApp = {
  ...orderLookup,
  deployment: {
    ...deployment,
    connections: [
      { id: 'shop', label: 'Shop', scope: 'organization', revealed: false, hosts: ['{shop}.shops.example'] },
      { id: 'post-office', label: 'Post office', scope: 'user', revealed: true },
    ],
  },
}

const makeApp = (slug: string, changes: Partial<CatalogApp>): CatalogApp => ({
  ...orderLookup,
  id: `app-${slug}`,
  slug,
  verified: false,
  deployment: { ...deployment, id: `dep-${slug}` },
  ...changes,
})

export const apps: readonly CatalogApp[] = [
  orderLookup,
  makeApp('sentiment', {
    title: 'Sentiment',
    description:
      'Tells at a glance how a customer feels, from the words they choose, and who should be called back first.',
    category: 'Insights',
    tags: ['ai'],
    installCount: 3,
    developer: { slug: 'clearvoice', title: 'Clearvoice Labs', logoUrl: null },
  }),
  makeApp('calendar', {
    title: 'Call Calendar',
    description: 'Book a call with a customer from the conversation.',
    category: 'Productivity',
    verified: true,
    developer: { slug: 'daybook', title: 'Daybook', logoUrl: null },
    installation: {
      id: 'inst-calendar',
      appId: 'app-calendar',
      deploymentId: 'dep-calendar',
      version: '1.4.0',
      status: 'active',
      needsConfiguration: false,
    },
  }),
  makeApp('translate', {
    title: 'Translate',
    description: 'Answer in 60 languages. Messages are translated as you type, both ways.',
    category: 'Productivity',
    tags: ['ai', 'languages'],
    developer: { slug: 'polyglot', title: 'Polyglot Works', logoUrl: null },
  }),
  makeApp('invoices', {
    title: 'Invoices',
    description: 'A customer’s open invoices, with reminders that send themselves.',
    category: 'Commerce',
    developer: { slug: 'ledgerly', title: 'Ledgerly', logoUrl: null },
  }),
  makeApp('house-rules', {
    title: 'House Rules',
    description: 'Our own checklist for escalations. In the making.',
    category: 'Internal',
    tags: [],
    installCount: 0,
    developer: { slug: 'northwind', title: 'Northwind', logoUrl: null },
    deployment: { ...deployment, id: 'dep-rules', version: '0.3.0', deploymentType: 'development', publishedAt: null },
  }),
]

export const versions: readonly CatalogVersion[] = [
  { id: 'dep-100', version: '1.4.0', publishedAt: '2026-03-02T09:00:00.000Z', releaseNotes: deployment.releaseNotes },
  {
    id: 'dep-090',
    version: '1.3.2',
    publishedAt: '2026-02-01T09:00:00.000Z',
    releaseNotes: 'Refunds of more than one order at a time.',
  },
  { id: 'dep-080', version: '1.2.0', publishedAt: '2026-01-08T09:00:00.000Z', releaseNotes: null },
]

export const admin: MeResponse = { userId: 'ada', organizationId: 'northwind', role: 'admin', reviewer: false }
export const member: MeResponse = { ...admin, userId: 'bo', role: 'member' }

export const installation: Installation = {
  id: 'inst-orders',
  appId: orderLookup.id,
  deploymentId: deployment.id,
  version: '1.4.0',
  status: 'active',
  needsConfiguration: false,
  app: orderLookup,
  grantedScopes: deployment.scopes.map((scope) => scope.id),
  channel: 'stable',
  installedAt: '2026-03-04T13:20:00.000Z',
  installedBy: 'ada',
  uninstalledAt: null,
  update: null,
  rollback: { deploymentId: 'dep-090', version: '1.3.2' },
}

export const updatable: Installation = {
  ...installation,
  update: {
    deployment: {
      ...deployment,
      id: 'dep-200',
      version: '2.0.0',
      releaseNotes: 'Agents can now change the delivery address of an order that has not left yet.',
      scopes: [...deployment.scopes, { id: 'customers:read', purpose: 'Suggest the addresses a customer used before' }],
      egress: [...deployment.egress, { host: 'geo.parcelworks.example', purpose: 'Check that an address exists' }],
    },
    newScopes: [{ id: 'customers:read', purpose: 'Suggest the addresses a customer used before' }],
    newEgress: [{ host: 'geo.parcelworks.example', purpose: 'Check that an address exists' }],
  },
}

export const events: readonly InstallationEvent[] = [
  ['1', 'installed', null, '1.2.0', '2026-01-12T08:11:00.000Z'],
  ['2', 'upgraded', '1.2.0', '1.3.2', '2026-02-03T15:40:00.000Z'],
  ['3', 'upgraded', '1.3.2', '1.4.0', '2026-03-04T13:20:00.000Z'],
  ['4', 'rolled-back', '1.4.0', '1.3.2', '2026-03-05T07:02:00.000Z'],
  ['5', 'upgraded', '1.3.2', '1.4.0', '2026-03-06T10:31:00.000Z'],
]
  .reverse()
  .map(([id, type, fromVersion, toVersion, createdAt]) => ({
    id,
    type,
    fromVersion,
    toVersion,
    actorId: 'ada',
    createdAt,
    // The rows above are written in this order.
  })) as InstallationEvent[]

const organizationSchema: SettingsSchema = {
  api: {
    type: 'struct',
    label: 'Order service',
    description: 'Where your orders live.',
    fields: {
      url: {
        type: 'string',
        label: 'API address',
        description: 'The address of the order service, without a slash at its end.',
        placeholder: 'https://orders.example.com',
        format: 'url',
      },
      key: { type: 'secret', label: 'API key', description: 'A key that may read and refund orders.' },
    },
  },
  region: {
    type: 'select',
    label: 'Region',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'United States' },
    ],
    default: 'eu',
  },
  limit: { type: 'number', label: 'Orders to show', min: 1, max: 50, default: 10 },
  refunds: {
    type: 'boolean',
    label: 'Allow refunds',
    description: 'Agents may give money back from a ticket.',
    default: true,
  },
  note: { type: 'string', label: 'Note to agents', multiline: true, optional: true },
  webhookSecret: { type: 'secret', label: 'Webhook secret', optional: true },
}

export const organizationSettings: SettingsResponse = {
  schema: organizationSchema,
  values: { 'api.url': 'https://orders.northwind.example', region: 'eu', limit: 10, refunds: true },
  secretsSet: ['api.key', 'webhookSecret'],
}

export const emptyOrganizationSettings: SettingsResponse = {
  schema: organizationSchema,
  values: { region: 'eu', limit: 10, refunds: true },
  secretsSet: [],
}

export const userSettings: SettingsResponse = {
  schema: {
    compact: { type: 'boolean', label: 'Compact list', description: 'One line for each order.', default: false },
  },
  values: { compact: false },
  secretsSet: [],
}

export const firstConnection: ConnectionInfo = {
  id: 'con-shop',
  definitionId: 'shop',
  scope: 'organization',
  label: 'Northwind Outdoors',
  status: 'active',
  variables: { shop: 'northwind' },
  expiresAt: null,
  connectedBy: 'ada',
  createdAt: '2026-03-04T13:25:00.000Z',
  updatedAt: '2026-03-04T13:25:00.000Z',
}

export const connections: ConnectionsResponse = {
  definitions: [
    {
      id: 'shop',
      type: 'oauth2-code',
      label: 'Shop',
      description: 'Orders and refunds of your shop.',
      scope: 'organization',
      multiple: true,
      variables: [{ name: 'shop', label: 'Name of your shop', placeholder: 'my-shop' }],
      fields: [],
      hosts: ['{shop}.shops.example'],
      revealed: false,
      ready: true,
      mayConnect: true,
    },
    {
      id: 'post-office',
      type: 'secret',
      label: 'Post office',
      description: null,
      scope: 'user',
      multiple: false,
      variables: [],
      fields: [
        { name: 'account', label: 'Account number', secret: false },
        { name: 'key', label: 'Key' },
      ],
      hosts: ['api.post.example'],
      revealed: true,
      ready: true,
      mayConnect: true,
    },
  ],
  connections: [
    firstConnection,
    { ...firstConnection, id: 'con-old', label: 'Northwind Outlet', status: 'expired', variables: { shop: 'outlet' } },
  ],
}

export const noConnections: ConnectionsResponse = { definitions: [], connections: [] }
export const developerAccounts: readonly DeveloperAccount[] = [
  { id: 'acc-northwind', slug: 'northwind', title: 'Northwind', logoUrl: null },
  { id: 'acc-globex', slug: 'globex', title: 'Globex', logoUrl: null },
]

export const deviceLogin: DeviceLogin = {
  name: 'souk on ada-laptop',
  scopes: ['read', 'deploy', 'publish'],
  status: 'pending',
  createdAt: '2026-03-02T09:00:00.000Z',
  expiresAt: '2026-03-02T09:10:00.000Z',
  keyDays: 90,
}
