import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import pc from 'picocolors'
import { diffContracts } from '../contract/diff-contracts'
import { generateComponents, generateDocs, generateJsonSchema, ownComponents } from '../contract/generate-contract'
import { SdkError } from '../sdk-error'
import type { Output } from './create-output'
import { quietCommand } from './quiet-command'

const FORMATS = { components: generateComponents, schema: generateJsonSchema, docs: generateDocs } as const

const isFormat = (name: string): name is keyof typeof FORMATS => Object.hasOwn(FORMATS, name)

// Loaded only here: the bundler takes most of the time that other commands need to start.
const load = async (file: string) => {
  const { loadContract } = await import('../contract/load-contract')
  return loadContract(process.cwd(), file)
}

export const contractCommand = (output: Output): Command =>
  new Command('contract')
    .description('Turn the component contract of a product into code, or compare two.')
    .addCommand(quietCommand(generateCommand(output)))
    .addCommand(quietCommand(diffCommand(output)))

const generateCommand = (output: Output): Command =>
  new Command('generate')
    .description('Write typed components, a JSON schema or a page of documentation from a contract.')
    .argument('<contract>', 'a JSON file, or a module that exports `contract`')
    .option('--format <format>', 'components, schema or docs', 'components')
    .option('--out <file>', 'where to write; default: stdout')
    .option('--json', 'print one JSON value')
    .action(async (file: string, { format, out }: { format: string; out?: string }) => {
      if (!isFormat(format))
        throw new SdkError('CLI_USAGE', `There is no format ${format}. Use ${Object.keys(FORMATS).join(', ')}.`)
      const contract = await load(file)
      const content = FORMATS[format](contract)
      const names = (format === 'components' ? ownComponents(contract) : Object.entries(contract.components)).map(
        ([name]) => name,
      )
      if (out) {
        const path = resolve(out)
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, content)
        output.text(`${pc.green('✔')} Wrote ${out}: ${names.length === 0 ? 'no components' : names.join(', ')}`)
      } else output.text(content.trimEnd())
      output.data({ format, components: names, ...(out ? { out } : { content }) })
    })

const diffCommand = (output: Output): Command =>
  new Command('diff')
    .description('Name what changed between two contracts. Fails when an extension of the old one may break.')
    .argument('<before>', 'a JSON file, or a module that exports `contract`')
    .argument('<after>', 'the same')
    .option('--json', 'print one JSON value')
    .action(async (before: string, after: string) => {
      const changes = diffContracts(await load(before), await load(after))
      const breaking = changes.filter(({ kind }) => kind === 'breaking')
      output.data({ breaking: breaking.length, changes })
      for (const { kind, path, message } of changes)
        output.text(
          `${kind === 'breaking' ? pc.red('breaking  ') : pc.green('compatible')} ${pc.bold(path)}: ${message}`,
        )
      if (changes.length === 0) output.text('Nothing changed.')
      if (breaking.length > 0) output.foundProblems()
    })
