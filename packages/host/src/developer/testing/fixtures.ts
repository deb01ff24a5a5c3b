import type {
  ApiKeyInfo,
  AppCallLog,
  DeploymentDetail,
  DeveloperApp,
  DeveloperMember,
  Invitation,
  Manifest,
  Review,
  Rollout,
} from '@souk/extension-sdk/protocol'

const manifest: Manifest = {
  manifestVersion: 1,
  id: 'order-lookup',
  version: '1.4.0',
  protocolVersion: 1,
  scopes: [
    { id: 'tickets:read', purpose: 'Read the customer’s e-mail address on a ticket, to find their orders' },
    { id: 'tickets:comment', purpose: 'Leave a note on a ticket when an order was refunded' },
  ],
  egress: {
    server: [
      { host: 'orders.northwind.example', purpose: 'Look up orders and refund them' },
      { host: '*.tracking.example', purpose: 'Ask where a parcel is' },
    ],
  },
  surfaces: [
    { kind: 'record.widgets', id: 'recent-orders', label: 'Recent orders', description: 'Beside the ticket' },
    { kind: 'record.actions', id: 'refund', label: 'Refund an order' },
  ],
  settings: {
    organization: {
      key: { type: 'secret', label: 'API key' },
      region: { type: 'string', label: 'Region', optional: true },
    },
    user: {},
  },
  functions: [
    { id: 'src/orders.server.ts#findOrders', callable: true },
    { id: 'src/orders.server.ts#refund', callable: false },
  ],
}

export const nextManifest: Manifest = {
  ...manifest,
  version: '2.0.0',
  scopes: [
    { id: 'tickets:read', purpose: 'Read who wrote a ticket, to find their orders' },
    { id: 'customers:read', purpose: 'Suggest the addresses a customer used before' },
  ],
  egress: {
    server: [...manifest.egress.server, { host: 'geo.parcelworks.example', purpose: 'Check that an address exists' }],
  },
  surfaces: [...manifest.surfaces, { kind: 'record.actions', id: 'move', label: 'Change the delivery address' }],
  functions: [
    { id: 'src/orders.server.ts#findOrders', callable: true },
    { id: 'src/orders.server.ts#refund', callable: true },
  ],
  connections: [
    {
      id: 'shop',
      type: 'secret',
      label: 'Shop',
      scope: 'organization',
      fields: [{ name: 'key', label: 'Key' }],
      attach: [{ host: 'geo.parcelworks.example', header: 'authorization', format: 'Bearer {value}' }],
      reveal: true,
    },
  ],
}

export const app: DeveloperApp = {
  id: 'app-orders',
  slug: 'order-lookup',
  developerAccountId: 'acc-northwind',
  title: 'Order Lookup',
  description:
    'See what a customer ordered, where the parcel is, and refund it, without leaving the ticket your team is working on.',
  category: 'Commerce',
  tags: ['orders', 'refunds'],
  avatarUrl: null,
  overview: 'Support agents spend minutes of every conversation looking up orders in another tab.',
  contentHowItWorks: null,
  contentConfigure: null,
  screenshots: [],
  websiteUrl: 'https://parcelworks.example',
  documentationUrl: null,
  supportUrl: 'https://parcelworks.example/help',
  termsUrl: null,
  publicationStatus: 'published',
  reviewStatus: 'in-review',
  verified: true,
  autoApprove: false,
}

export const draftApp: DeveloperApp = {
  ...app,
  id: 'app-sentiment',
  slug: 'sentiment',
  title: 'Sentiment',
  description: 'Tells how a customer feels.',
  category: null,
  overview: null,
  supportUrl: null,
  publicationStatus: 'draft',
  reviewStatus: 'rejected',
  verified: false,
}

export const published: DeploymentDetail = {
  id: 'dep-100',
  appId: app.id,
  deploymentType: 'production',
  version: '1.4.0',
  status: 'published',
  clientBundleId: 'b1',
  serverBundleId: 'b2',
  manifest,
  targetOrganizationId: null,
  releaseNotes: 'Orders now show their parcels and where each of them is.',
  rejectionReason: null,
  createdAt: '2026-03-01T15:30:00.000Z',
  createdBy: 'ada',
  reviewedAt: '2026-03-02T08:00:00.000Z',
  publishedAt: '2026-03-02T09:00:00.000Z',
  rollout: { percent: 25, status: 'rolling', haltCode: null, haltedAt: null },
  bundles: {
    client: { sha256: 'a'.repeat(64), sizeBytes: 48_213 },
    server: { sha256: 'b'.repeat(64), sizeBytes: 12_940 },
  },
}

const change = (changes: Partial<DeploymentDetail>): DeploymentDetail => ({
  ...published,
  publishedAt: null,
  reviewedAt: null,
  rollout: null,
  ...changes,
})

export const deployed = change({ id: 'dep-200', version: '2.0.0', status: 'active', manifest: nextManifest })
export const inReview = change({
  id: 'dep-200',
  version: '2.0.0',
  status: 'in-review',
  manifest: nextManifest,
  releaseNotes: 'Agents can now change the delivery address of an order that has not left yet.',
  bundles: {
    client: { sha256: 'c'.repeat(64), sizeBytes: 61_902 },
    server: { sha256: 'b'.repeat(64), sizeBytes: 12_940 },
  },
})
export const approved = change({ id: 'dep-200', version: '2.0.0', status: 'approved', manifest: nextManifest })
const rejected = change({
  id: 'dep-150',
  version: '1.5.0',
  status: 'rejected',
  rejectionReason:
    'The widget sends every ticket to tracking.example, also those without an order. Send only what is needed.',
})
const development = change({
  id: 'dep-dev',
  version: '2.1.0-dev',
  deploymentType: 'development',
  status: 'active',
  targetOrganizationId: 'northwind',
})
const deprecated: DeploymentDetail = { ...published, id: 'dep-090', version: '1.3.2', status: 'deprecated' }

export const deployments: readonly DeploymentDetail[] = [development, inReview, rejected, published, deprecated]

export const rollout: Rollout = {
  deployment: published,
  installations: 312,
  calls: 18_240,
  failedCalls: 41,
  budget: { windowMs: 600_000, minCalls: 50, maxFailedShare: 0.05 },
}

export const haltedRollout: Rollout = {
  ...rollout,
  deployment: {
    ...published,
    rollout: {
      percent: 25,
      status: 'halted',
      haltCode: 'ERROR_BUDGET_EXCEEDED',
      haltedAt: '2026-03-03T10:00:00.000Z',
    },
  },
}

const call = (id: number, changes: Partial<AppCallLog> = {}): AppCallLog => ({
  id: `call-${id}`,
  organizationId: 'northwind',
  installationId: 'inst-orders',
  deploymentId: 'dep-100',
  functionId: 'src/orders.server.ts#findOrders',
  outcome: 'ok',
  errorCode: null,
  durationMs: 84,
  logs: [],
  createdAt: `2026-03-04T13:2${id}:00.000Z`,
  traceId: `req_7f3a9${id}`,
  argumentBytes: 61,
  resultBytes: 2_480,
  ...changes,
})

/** The oldest first, as the server sends them. */
export const calls: readonly AppCallLog[] = [
  call(1),
  call(2, {
    functionId: 'src/orders.server.ts#refund',
    outcome: 'error',
    errorCode: 'FUNCTION_FAILED',
    durationMs: 1_204,
    logs: [
      { level: 'info', message: 'refund of order 4711' },
      { level: 'error', message: 'Error: the order service answered 502' },
    ],
  }),
  call(3, { logs: [{ level: 'info', message: 'found 3 orders' }] }),
]

export const members: readonly DeveloperMember[] = [
  { userId: 'ada', role: 'owner', joinedAt: '2025-11-02T10:00:00.000Z' },
  { userId: 'max', role: 'admin', joinedAt: '2026-01-15T10:00:00.000Z' },
  { userId: 'nora', role: 'member', joinedAt: '2026-02-20T10:00:00.000Z' },
]

export const invitations: readonly Invitation[] = [
  {
    id: 'inv-1',
    email: 'lin@northwind.example',
    userId: null,
    role: 'member',
    status: 'pending',
    invitedBy: 'ada',
    createdAt: '2026-03-01T10:00:00.000Z',
    expiresAt: '2026-03-08T10:00:00.000Z',
    answeredBy: null,
    answeredAt: null,
  },
]

export const keys: readonly ApiKeyInfo[] = [
  {
    id: 'key-1',
    developerAccountId: 'acc-northwind',
    userId: 'ada',
    name: 'Build machine',
    scopes: ['read', 'deploy'],
    createdAt: '2026-01-05T10:00:00.000Z',
    expiresAt: null,
    revokedAt: null,
  },
  {
    id: 'key-2',
    developerAccountId: 'acc-northwind',
    userId: 'max',
    name: 'souk on max-laptop',
    scopes: ['read', 'deploy', 'publish'],
    createdAt: '2025-12-05T10:00:00.000Z',
    expiresAt: '2026-01-05T10:00:00.000Z',
    revokedAt: null,
  },
]

export const review: Review = {
  deployment: inReview,
  previous: published,
  app,
  developer: { slug: 'parcelworks', title: 'Parcelworks', logoUrl: null },
  checks: [
    {
      code: 'SCREENSHOTS_MISSING',
      field: 'screenshots',
      severity: 'warning',
      message: 'There are no screenshots.',
      fix: 'Add one to five of them.',
    },
  ],
}
