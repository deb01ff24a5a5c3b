/** The name of an app's own page among the exports of `src/app.tsx`, beside `app`. */
const PAGE = 'App'

/**
 * The source that exports `app`, with the component `App` as its page where there is one.
 *
 * A namespace may lack a name, an import may not: so `app` is asked for and `App` is looked for.
 */
export const appEntry = (appFile: string): string => {
  const path = JSON.stringify(appFile)
  return [
    `import { app as declared } from ${path}`,
    `import * as everything from ${path}`,
    `export const app = everything.${PAGE} ? { page: everything.${PAGE}, ...declared } : declared`,
  ].join('\n')
}

/** Whether Rollup speaks of the page that an app does without. */
export const isMissingPage = ({
  code,
  binding,
}: {
  readonly code?: string | undefined
  readonly binding?: string | undefined
}): boolean => code === 'MISSING_EXPORT' && binding === PAGE
