import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { isStorageError } from '@souk/server-adapter/storage'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { type ConnectedDatabase, connect, connectEmbedded } from '../connect'
import type { Database } from '../database'
import { exportRows } from '../export/export-rows'
import { importRows } from '../export/import-rows'
import { migrate } from '../migrate'
import { migrationSql, migrationStatus } from '../migration-status'
import { DEFAULT_SCHEMA } from '../schema-name'
import { setRowSecurity } from '../set-row-security'

/** What the command line touches of its process. */
export interface CliProcess {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: (text: string) => unknown
  readonly err: (text: string) => unknown
}

interface DatabaseOptions {
  readonly databaseUrl?: string
  readonly dataDir?: string
  readonly schema: string
}

/** Runs one command line of `souk-pg` and returns its exit code: 0, 1 when it failed, 2 when `status` finds steps that have not run. */
export const run = async (args: readonly string[], { env, out, err }: CliProcess): Promise<number> => {
  let code = 0
  const program = new Command('souk-pg')
    .description("Looks after Souk's tables in Postgres.")
    .addHelpText(
      'after',
      '\nThe database is --database-url, else --data-dir, else the environment variable DATABASE_URL, else DATA_DIR.',
    )

  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--database-url <url>', 'a Postgres server')
      .option('--data-dir <folder>', 'the folder of an embedded database')
      .option('--schema <name>', 'where the tables stand', DEFAULT_SCHEMA)

  const withDatabase = async (options: DatabaseOptions, work: (database: Database) => Promise<void>) => {
    const { database, close } = await open(options, env)
    try {
      await work(database)
    } finally {
      await close()
    }
  }

  command('migrate', 'Brings the tables to this version; any number of processes may do it at once.').action(
    (options: DatabaseOptions) =>
      withDatabase(options, async (database) => {
        const ran = await migrate(database, options)
        out(ran.length === 0 ? 'Nothing to do: the tables are at this version.\n' : `Ran ${ran.join(', ')}.\n`)
      }),
  )

  command('status', 'Shows which steps ran and which have not; ends with 2 when some have not.')
    .option('--json', 'as JSON')
    .action((options: DatabaseOptions & { readonly json?: boolean }) =>
      withDatabase(options, async (database) => {
        const status = await migrationStatus(database, options)
        code = status.newer ? 1 : status.pending.length > 0 ? 2 : 0
        if (options.json) return void out(`${JSON.stringify(status, null, 2)}\n`)
        for (const { id, name, appliedAt } of status.applied) out(`${id} ${name}: ran ${appliedAt.toISOString()}\n`)
        for (const name of status.pending) out(`  ${name}: has not run\n`)
        out(`Row security is ${status.rowSecurity ? 'on' : 'off'}.\n`)
        if (status.newer) out('A newer version of Souk migrated this database; this one will not touch it.\n')
      }),
    )

  program
    .command('schema')
    .description('Prints the steps as SQL, to be run by hand.')
    .option('--schema <name>', 'where the tables stand', DEFAULT_SCHEMA)
    .option('--after <step>', 'the number of the step the database is at', parseStep, 0)
    .action((options: { readonly schema: string; readonly after: number }) => {
      out(migrationSql(options))
    })

  command('row-security', 'Switches row security by organization on or off.')
    .argument('<on|off>', 'which', parseSwitch)
    .option('--role <name>', 'a role that gets the rights to use the tables')
    .action((enabled: boolean, options: DatabaseOptions & { readonly role?: string }) =>
      withDatabase(options, async (database) => {
        await setRowSecurity(database, { ...options, enabled })
        out(`Row security is ${enabled ? 'on. Pass rowSecurity: true to createPostgresStorage' : 'off'}.\n`)
      }),
    )

  command('export', 'Writes an app or an organization to a file.')
    .option('--app <slug>', 'the app with its bundles and deployments')
    .option('--organization <id>', 'the organization with its installations, settings and logs')
    .requiredOption('--file <path>', 'the file, which must not exist')
    .action(
      (options: DatabaseOptions & { readonly app?: string; readonly organization?: string; readonly file: string }) =>
        withDatabase(options, async (database) => {
          const name = options.app ?? options.organization
          if (name === undefined || (options.app !== undefined && options.organization !== undefined))
            throw new CommanderError(1, 'souk.usage', 'Give either --app or --organization.')
          const kind = options.app === undefined ? 'organization' : 'app'
          const file = createWriteStream(options.file, { flags: 'wx', mode: 0o600 })
          await once(file, 'open')
          const rows = await exportRows(database, {
            kind,
            name,
            schema: options.schema,
            write: async (line) => {
              if (!file.write(`${line}\n`)) await once(file, 'drain')
            },
          })
          file.end()
          await finished(file)
          if (rows === 0) code = 1
          out(rows === 0 ? `There is no ${kind} ${name} with rows.\n` : `Wrote ${rows} rows to ${options.file}.\n`)
        }),
    )

  command('import', 'Restores a file of `export`, all of it or nothing.')
    .requiredOption('--file <path>', 'the file')
    .action((options: DatabaseOptions & { readonly file: string }) =>
      withDatabase(options, async (database) => {
        const input = createReadStream(options.file, 'utf8')
        await once(input, 'open')
        const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
        const { kind, name, rows } = await importRows(database, lines, options)
        out(`Restored the ${kind} ${name}: ${rows} rows.\n`)
      }),
    )

  for (const each of [program, ...program.commands])
    each.exitOverride().configureOutput({ writeOut: out, writeErr: () => {} })
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    // Help ends this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    err(`${describe(error)}\n`)
    return 1
  }
}

const open = ({ databaseUrl, dataDir }: DatabaseOptions, env: CliProcess['env']): Promise<ConnectedDatabase> => {
  if (databaseUrl !== undefined) return connect(databaseUrl)
  if (dataDir !== undefined) return connectEmbedded(dataDir)
  if (env.DATABASE_URL) return connect(env.DATABASE_URL)
  if (env.DATA_DIR) return connectEmbedded(env.DATA_DIR)
  throw new CommanderError(1, 'souk.usage', 'No database was named. Pass --database-url or --data-dir.')
}

const parseStep = (value: string): number => {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError('It is the number of a step, 0 for an empty database.')
  return Number(value)
}

const parseSwitch = (value: string): boolean => {
  if (value !== 'on' && value !== 'off') throw new InvalidArgumentError('It is on or off.')
  return value === 'on'
}

// What the program said, without a stack.
const describe = (error: unknown): string => {
  if (isStorageError(error)) return `${error.code}: ${error.message}`
  if (error instanceof CommanderError) return `CLI_USAGE: ${error.message.replace(/^error: /, '')}`
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === 'EEXIST') return 'CLI_USAGE: The file exists already. Choose another.'
  if (code === 'ENOENT') return 'CLI_USAGE: The file or its folder does not exist.'
  return `INTERNAL: ${error instanceof Error ? error.message : String(error)}`
}
