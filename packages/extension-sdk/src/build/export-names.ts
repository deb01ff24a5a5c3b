import type { PluginContext } from 'rollup'
import { buildError } from './build-error'
import { filePathOf } from './server-module'
import { readJavaScript } from './transform-source'

type Program = ReturnType<PluginContext['parse']>
type Pattern = Extract<Program['body'][number], { type: 'VariableDeclaration' }>['declarations'][number]['id']

/** The names a declaration like `const { a, b: [c] } = …` binds. */
const boundNames = (pattern: Pattern): readonly string[] => {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((item) => boundNames(item.type === 'Property' ? item.value : item.argument))
    case 'ArrayPattern':
      return pattern.elements.flatMap((item) => (item ? boundNames(item) : []))
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    default:
      return []
  }
}

/**
 * What a module exports, read from its syntax tree; the module never runs. Types are no exports.
 *
 * @returns Names in the order of the source, `default` among them.
 */
export const exportNamesOf = async (
  context: PluginContext,
  cwd: string,
  path: string,
  seen: ReadonlySet<string> = new Set(),
): Promise<readonly string[]> => {
  if (seen.has(path)) return []
  const { code } = await readJavaScript(cwd, path)
  const names = new Set<string>()
  for (const statement of context.parse(code).body) {
    if (statement.type === 'ExportDefaultDeclaration') names.add('default')
    if (statement.type === 'ExportNamedDeclaration') {
      const { declaration } = statement
      if (declaration?.type === 'VariableDeclaration')
        for (const { id } of declaration.declarations) for (const name of boundNames(id)) names.add(name)
      else if (declaration) names.add(declaration.id.name)
      for (const { exported } of statement.specifiers)
        names.add(exported.type === 'Identifier' ? exported.name : String(exported.value))
    }
    if (statement.type === 'ExportAllDeclaration') {
      const { exported, source } = statement
      if (exported) names.add(exported.type === 'Identifier' ? exported.name : String(exported.value))
      else for (const name of await namesBehind(context, cwd, path, String(source.value), seen)) names.add(name)
    }
  }
  for (const name of names)
    if (!/^[A-Za-z_$][\w$]*$/.test(name))
      throw buildError(
        cwd,
        'BUILD_SERVER_FUNCTION',
        { file: path },
        `The export ${JSON.stringify(name)} is not a name a server function can have. Use letters, digits, _ and $.`,
      )
  return [...names]
}

/** `export * from` gives everything but the default. */
const namesBehind = async (
  context: PluginContext,
  cwd: string,
  path: string,
  source: string,
  seen: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const resolved = await context.resolve(source, path, { skipSelf: true })
  if (!resolved || resolved.external)
    throw buildError(
      cwd,
      'BUILD_SERVER_FUNCTION',
      { file: path },
      `What \`export * from '${source}'\` brings cannot be read at build time. Name the exports instead.`,
    )
  const names = await exportNamesOf(context, cwd, filePathOf(resolved.id), new Set([...seen, path]))
  return names.filter((name) => name !== 'default')
}
