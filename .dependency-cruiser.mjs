/** The boundaries of docs/architecture.md. Each rule's comment says what to do instead. */
const SDK = '^packages/extension-sdk/src/'
const HOST = '^packages/host/src/'
const SERVER = '^packages/server-adapter/src/'
const TESTS = '[.](?:test|stories)[.]tsx?$|/test/|/testing/'

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    forbid(
      'no-cycles',
      'Move what both need into a third file.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'protocol-imports-nothing',
      'protocol/ is inlined everywhere: it imports only itself.',
      { path: `${SDK}protocol/`, pathNot: TESTS },
      { pathNot: `${SDK}protocol/` },
    ),
    forbid(
      'sdk-imports-no-package-of-ours',
      'The SDK stands alone.',
      { path: SDK, pathNot: TESTS },
      { path: '^packages/(?!extension-sdk/)' },
    ),
    forbid(
      'reconciler-knows-no-channel',
      'A root takes onCommit.',
      { path: `${SDK}reconciler/`, pathNot: TESTS },
      { path: `${SDK}(?:protocol/(?:channel|endpoints|messages)|runtime/|client/)` },
    ),
    forbid(
      'host-imports-protocol-only',
      'Import from @souk/extension-sdk/protocol.',
      { path: HOST, pathNot: TESTS },
      { path: '^packages/(?:server-adapter|storage-pg)/|^packages/extension-sdk/src/(?!protocol/)' },
    ),
    forbid(
      'host-has-no-node',
      'The host runs in a browser.',
      { path: HOST, pathNot: TESTS },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'server-imports-protocol-only',
      'Import from @souk/extension-sdk/protocol.',
      { path: SERVER, pathNot: TESTS },
      { path: '^packages/(?:host|storage-pg)/|^packages/extension-sdk/src/(?!protocol/)' },
    ),
    forbid(
      'server-has-no-react',
      'The server never draws.',
      { path: SERVER },
      { path: 'node_modules/react(?:-dom|-reconciler)?/' },
    ),
    forbid(
      'services-know-no-http',
      'Services take values and a Storage.',
      { path: `${SERVER}services/`, pathNot: TESTS },
      { path: `${SERVER}(?:http|adapters)/|node_modules/(?:hono|@hono)/` },
    ),
    forbid(
      'adapters-use-the-public-surface',
      'A third party could have written an adapter: import only types from ./index.',
      { path: `${SERVER}adapters/`, pathNot: TESTS },
      { path: `${SERVER}(?!adapters/|index)` },
    ),
    forbid(
      'storage-pg-uses-the-storage-entry',
      'Import from @souk/server-adapter/storage.',
      { path: '^packages/storage-pg/src/', pathNot: TESTS },
      { path: '^packages/(?!storage-pg/|server-adapter/src/storage/)' },
    ),
    forbid(
      'playground-uses-public-names',
      'Import packages by their names. What the command and the playground agreed on is in cli/dev/playground.ts.',
      { path: '^packages/playground/' },
      {
        path: '^packages/(?!playground/|extension-sdk/src/cli/dev/playground[.]ts$)',
        dependencyTypesNot: ['aliased'],
      },
    ),
    forbid(
      'examples-use-public-names',
      'Import packages by their names.',
      { path: '^examples/' },
      { path: '^packages/', dependencyTypesNot: ['aliased'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|[.]generated[.]ts$|/fixtures/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
