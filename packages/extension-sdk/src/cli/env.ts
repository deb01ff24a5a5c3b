import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import pc from 'picocolors'
import type { Output } from './create-output'
import { findProjectBin } from './find-project-bin'
import { formatTable } from './format-table'
import { readCliVersion } from './read-cli-version'

export const envCommand = (output: Output): Command =>
  new Command('env')
    .description('Show what the other commands would use: versions, project, marketplace. Never a key.')
    .option('--json', 'print one JSON value')
    .action(async () => {
      const cwd = process.cwd()
      const isInstalled = async (name: string) => (await findProjectBin(cwd, name)) !== undefined
      const env = {
        sdk: await readCliVersion(),
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        project: ['souk.config.ts', 'souk.config.mts', 'souk.config.js', 'souk.config.mjs'].some((name) =>
          existsSync(join(cwd, name)),
        )
          ? cwd
          : null,
        url: process.env.SOUK_URL || null,
        apiKey: Boolean(process.env.SOUK_API_KEY),
        deno: await isInstalled('deno'),
        eslint: await isInstalled('eslint'),
        vitest: await isInstalled('vitest'),
      }
      output.data(env)
      const say = (value: string | boolean | null) =>
        typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value ?? 'none')
      output.text(formatTable(Object.entries(env).map(([name, value]) => [pc.dim(name), say(value)])))
    })
