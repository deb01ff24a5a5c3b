import { readFile } from 'node:fs/promises'
import { rollup } from 'rollup'
import type { Options } from 'tsup'

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

/** What `createReconciler` answers for every root. React asks at run time; knowing it at build time leaves a third of React out. */
const FEATURES: Readonly<Record<string, boolean>> = {
  supportsMutation: true,
  supportsMicrotasks: true,
  supportsPersistence: false,
  supportsHydration: false,
  supportsResources: false,
  supportsSingletons: false,
  supportsTestSelectors: false,
  isPrimaryRenderer: false,
  // React's own variables of a view transition. Nothing is animated here, so a commit never starts one.
  shouldStartViewTransition: false,
  viewTransitionMutationContext: false,
  viewTransitionContextChanged: false,
}

/** What React does for view transitions at the end of a commit. */
const VIEW_TRANSITION_STEPS = [
  'trackEnterViewTransitions',
  'commitAppearingPairViewTransitions',
  'commitEnterViewTransitions',
  'commitDeletedPairViewTransitions',
  'commitExitViewTransitions',
  'commitNestedViewTransitions',
  'restorePairedViewTransitions',
  'restoreEnterOrExitViewTransitions',
  'restoreNestedViewTransitions',
  'measureNestedViewTransitions',
]

/** What the host config answers to each of these, whatever it is asked for: nothing here is loaded, measured or a fragment with a ref. */
const ANSWERS: Readonly<Record<string, boolean | null>> = {
  maySuspendCommit: false,
  maySuspendCommitOnUpdate: false,
  maySuspendCommitInSyncRender: false,
  preloadInstance: true,
  shouldAttemptEagerTransition: false,
  waitForCommitToBeReady: null,
  isFragmentInstanceParent: false,
  wasInstanceInViewport: false,
  hasInstanceChanged: false,
  hasInstanceAffectedParent: false,
  applyViewTransitionToHostInstances: false,
  measureViewTransitionHostInstancesRecursive: false,
  ...Object.fromEntries(VIEW_TRANSITION_STEPS.map((name) => [name, null])),
}

const fixAnswers = (source: string): string =>
  Object.entries(ANSWERS).reduce(
    // A call whose arguments hold at most calls, but not the declaration of a function of this name.
    (code, [name, value]) =>
      code.replace(
        new RegExp(`(?<!function )(?<![.\\w$])${name}\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)`, 'g'),
        String(value),
      ),
    source,
  )

const fixFeatures = (source: string): string =>
  Object.entries(FEATURES).reduce(
    (code, [name, value]) => code.replace(new RegExp(`(?<![.\\w$])${name}(?![\\w$]|\\s*=[^=])`, 'g'), String(value)),
    source,
  )

/** What `createRoot` calls of it. The rest serves hydration, test selectors and devtools. */
const USED = ['createContainer', 'updateContainerSync', 'flushSyncWork', 'flushPassiveEffects']

const dropUnusedExports = (source: string): string =>
  source.replace(/^ {2}exports\.(\w+) = /gm, (line, name: string) =>
    USED.includes(name) ? line : `  var unused$${name} = `,
  )

/** React publishes the reconciler as one CommonJS function; as an ES module, Rollup can drop what its body no longer uses. */
const toModule = (source: string): string => {
  const [, body, tail] = /module\.exports = (function[\s\S]*?^\});\s*(module\.exports[\s\S]*)?$/m.exec(source) ?? []
  if (!body || !tail)
    throw new Error('react-reconciler no longer has the form this plugin knows. Adapt it to the new version.')
  const code = body.replace(/require\("react"\)/g, 'reactModule').replace(/require\("scheduler"\)/g, 'schedulerModule')
  return `import reactModule from 'react'\nimport schedulerModule from 'scheduler'\nexport default ${code}\n`
}

const specialise = async (source: string): Promise<string> => {
  const id = 'reconciler'
  const bundle = await rollup({
    input: id,
    external: ['react', 'scheduler'],
    treeshake: { propertyReadSideEffects: false },
    plugins: [
      { name: 'source', resolveId: (name) => (name === id ? id : null), load: (name) => (name === id ? source : null) },
    ],
  })
  const { output } = await bundle.generate({ format: 'cjs', exports: 'default', interop: 'default' })
  await bundle.close()
  return output[0].code
}

/** Leaves out of the frame's runtime the parts of React that serve other hosts: hydration, persistence, stylesheets, singletons. */
export const specialiseReconciler = (): EsbuildPlugin => ({
  name: 'souk-specialise-reconciler',
  setup(build) {
    build.onLoad({ filter: /react-reconciler\.production\.js$/ }, async ({ path }) => ({
      contents: await specialise(toModule(dropUnusedExports(fixAnswers(fixFeatures(await readFile(path, 'utf8')))))),
      loader: 'js',
    }))
  },
})
