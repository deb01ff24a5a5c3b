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
}

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
      contents: await specialise(toModule(dropUnusedExports(fixFeatures(await readFile(path, 'utf8'))))),
      loader: 'js',
    }))
  },
})
