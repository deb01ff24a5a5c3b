import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import pc from 'picocolors'
import { SdkError } from '../sdk-error'
import { ask } from './ask'
import type { Output } from './create-output'
import { readCliVersion } from './read-cli-version'

/** `templates/` lies above `dist/`, and above `src/cli/`. */
const TEMPLATES = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../templates/' : '../templates/', import.meta.url),
)

/** What the template calls itself, in every file that says it. */
const TEMPLATE_ID = 'my-app'
const TEMPLATE_TITLE = 'My app'

/** What may lie in a folder that is still empty. */
const IGNORED = new Set(['.git', '.DS_Store'])

interface InitOptions {
  readonly template: string
  readonly yes?: boolean
  readonly json?: boolean
}

export const initCommand = (output: Output): Command =>
  new Command('init')
    .description('Start a new extension that builds, tests and runs without an account.')
    .argument('[folder]', 'where to write it; it must be empty', '.')
    .option('--template <name>', 'what to start from', 'starter')
    .option('--yes', 'ask nothing')
    .option('--json', 'print one JSON value')
    .action(async (folder: string, { template, yes = false, json = false }: InitOptions) => {
      const target = resolve(folder)
      const source = await findTemplate(template)
      await requireEmpty(target)
      const asks = !yes && !json && process.stdin.isTTY === true && process.stdout.isTTY === true
      const suggested = toTitle(basename(target))
      const title = (asks && (await ask(`What is the extension called? ${pc.dim(`(${suggested})`)} `))) || suggested
      const id = toId(title)
      await writeProject(source, target, { id, title, version: await readCliVersion() })
      const files = await listFiles(target)
      output.data({ folder: target, template, id, title, files })
      output.text(`${pc.green('✔')} ${pc.bold(title)} is in ${relative(process.cwd(), target) || '.'}\n`)
      const change = target === process.cwd() ? '' : `cd ${relative(process.cwd(), target)} && `
      output.text(`  ${change}npm install && npm run dev`)
    })

const findTemplate = async (name: string): Promise<string> => {
  const known = (await readdir(TEMPLATES)).sort()
  if (known.includes(name)) return join(TEMPLATES, name)
  throw new SdkError('CLI_USAGE', `There is no template ${name}. Use ${known.join(' or ')}.`)
}

/** Nothing of anybody's is ever overwritten. */
const requireEmpty = async (folder: string): Promise<void> => {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new SdkError('CLI_USAGE', `${folder} could not be read. Pass the path of a folder.`, { cause: error })
  })
  const [first] = entries.filter((name) => !IGNORED.has(name))
  if (first)
    throw new SdkError(
      'CLI_USAGE',
      `${folder} is not empty: there is ${first} in it. Pass the name of a new folder, such as souk init my-app.`,
    )
}

/** An app's slug: what the manifest allows as id. */
const toId = (title: string): string => {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const id = (words ?? []).join('-').slice(0, 50).replace(/-+$/, '')
  return /^[a-z]/.test(id) ? id : `app${id ? `-${id}` : ''}`
}

const toTitle = (name: string): string => {
  const words = name.replaceAll(/[-_.\s]+/g, ' ').trim()
  return words ? `${words[0]?.toUpperCase()}${words.slice(1)}` : TEMPLATE_TITLE
}

interface Names {
  readonly id: string
  readonly title: string
  readonly version: string
}

const writeProject = async (source: string, target: string, { id, title, version }: Names): Promise<void> => {
  await mkdir(target, { recursive: true })
  await cp(source, target, { recursive: true })
  // npm takes files named .gitignore out of packages.
  await rename(join(target, 'gitignore'), join(target, '.gitignore'))
  const edit = async (name: string, change: (text: string) => string) =>
    writeFile(join(target, name), change(await readFile(join(target, name), 'utf8')))
  await edit('package.json', (text) =>
    text
      .replace(`"name": "${TEMPLATE_ID}"`, `"name": "${id}"`)
      .replace(/("@souk\/extension-sdk": )"[^"]*"/, `$1"${version}"`),
  )
  await edit('souk.config.ts', (text) =>
    text.replace(`'${TEMPLATE_ID}'`, `'${id}'`).replace(`'${TEMPLATE_TITLE}'`, () => toLiteral(title)),
  )
  for (const name of ['README.md', 'AGENTS.md'])
    await edit(name, (text) => text.replace(`# ${TEMPLATE_TITLE}`, () => `# ${title}`))
}

/** A title is what somebody typed: it goes into code as a literal, whatever it holds. */
const toLiteral = (text: string): string => (/^[^'\\\n\r]*$/.test(text) ? `'${text}'` : JSON.stringify(text))

const listFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('.git/'))
    .sort()
