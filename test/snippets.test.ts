import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Where the modules would lie: inside the repository, so that they find its packages. */
const PLACE = join(root, 'docs', 'my-app')

/** The blocks of a page that are whole modules: they begin with a comment that names their file. */
const modulesOf = (page: string, place = PLACE): ReadonlyMap<string, string> =>
  new Map(
    [
      ...readFileSync(join(root, page), 'utf8').matchAll(/^```tsx?\n\/\/ ((?:src|test)\/\S+\.tsx?)\n([\s\S]*?)^```$/gm),
    ].map(([, name = '', code = '']) => [join(place, name), code]),
  )

const problemsOf = (modules: ReadonlyMap<string, string>): readonly string[] => {
  const config = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, files: [] }, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile, directoryExists } = host
  host.fileExists = (path) => modules.has(path) || fileExists(path)
  host.readFile = (path) => modules.get(path) ?? readFile(path)
  host.directoryExists = (path) =>
    [...modules.keys()].some((file) => dirname(file).startsWith(path)) || directoryExists?.(path) === true
  host.getSourceFile = (path, target, ...more) => {
    const code = modules.get(path)
    return code === undefined ? getSourceFile(path, target, ...more) : ts.createSourceFile(path, code, target)
  }
  const program = ts.createProgram(
    [...modules.keys()],
    { ...options, noEmit: true, skipLibCheck: true, composite: false },
    host,
  )
  return [...modules.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${path.slice(PLACE.length + 1)}:${(source?.getLineAndCharacterOfPosition(start).line ?? 0) + 2} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  })
}

// One program for all, since reading the types takes most of the time.
test('the modules of docs/extensions.md, of docs/host.md and of the packages hold together by their types, and a misuse would be found', {
  timeout: 300_000,
}, () => {
  const modules = modulesOf('docs/extensions.md')
  expect(modules.size).toBeGreaterThanOrEqual(5)
  const readmes = ['extension-sdk', 'host', 'server-adapter'].flatMap((name) => {
    const readme = modulesOf(`packages/${name}/README.md`, join(root, 'docs', `readme-${name}`))
    expect(readme.size).toBe(1)
    return [...readme]
  })
  const host = modulesOf('docs/host.md', join(root, 'docs', 'my-product'))
  expect(host.size).toBe(6)
  const misuse =
    "import { Workflow } from '@souk/extension-sdk'\nexport const count = Workflow.number({ minimum: 1 })\n"
  // What a bundler's types say of style sheets.
  const styles = [join(PLACE, 'src/styles.d.ts'), "declare module '*.css'"] as const
  const problems = problemsOf(
    new Map([...modules, ...readmes, ...host, styles, [join(PLACE, 'src/misuse.ts'), misuse]]),
  )
  expect(problems).toEqual([expect.stringMatching(/^src\/misuse\.ts:3 .*minimum/)])
})
