import { resolve } from 'node:path'
import { z } from 'zod'
import { StartupError } from './startup-error'

/** How the product was asked to run. */
export interface Environment {
  /** 0: any free port. */
  readonly port: number
  readonly sandboxPort: number
  readonly ordersPort: number
  /** Where the embedded database and the generated secrets are. */
  readonly dataDir: string
  /** A Postgres server to use in place of the embedded database. */
  readonly databaseUrl: string | undefined
  readonly isolation: 'origin' | 'opaque'
  /** What answers on this machine in place of outside services: origins by host. */
  readonly developmentHosts: Readonly<Record<string, string>>
}

const port = (name: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `${name} must be a port number from 0 to 65535.`)
    .transform(Number)
    .refine((value) => value <= 65535, `${name} must be a port number from 0 to 65535.`)
    .optional()

const STAND_IN = /^([a-z0-9.-]+)=(https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?)$/

const standIns = z
  .string()
  .transform((text) => text.split(',').map((entry) => STAND_IN.exec(entry.trim())))
  .refine(
    (entries) => entries.every((entry) => entry !== null),
    'DEVELOPMENT_HOSTS must be hosts with origins of this machine, such as api.example.com=http://localhost:5000.',
  )
  .transform((entries) => Object.fromEntries(entries.map((entry) => [entry?.[1] ?? '', entry?.[2] ?? ''])))

const schema = z.object({
  PORT: port('PORT'),
  SANDBOX_PORT: port('SANDBOX_PORT'),
  ORDERS_PORT: port('ORDERS_PORT'),
  DATA_DIR: z.string().min(1, 'DATA_DIR must be a folder.').optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'DATABASE_URL must start with postgres://.')
    .optional(),
  SOUK_ISOLATION: z.enum(['origin', 'opaque'], 'SOUK_ISOLATION must be origin or opaque.').optional(),
  DEVELOPMENT_HOSTS: standIns.optional(),
})

const withoutEmpty = (env: unknown): unknown =>
  typeof env === 'object' && env !== null
    ? Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
    : env

/**
 * Reads the environment variables. Absent and empty ones take their defaults.
 *
 * @throws {StartupError} One sentence about the first variable that is wrong.
 */
export const parseEnvironment = (env: unknown): Environment => {
  const parsed = schema.safeParse(withoutEmpty(env))
  if (!parsed.success) throw new StartupError(parsed.error.issues[0]?.message ?? 'The environment could not be read.')
  const { PORT, SANDBOX_PORT, ORDERS_PORT, DATA_DIR, DATABASE_URL, SOUK_ISOLATION, DEVELOPMENT_HOSTS } = parsed.data
  const productPort = PORT ?? 4400
  const sandboxPort = SANDBOX_PORT ?? (productPort === 0 || productPort === 65535 ? 0 : productPort + 1)
  if (productPort !== 0 && productPort === sandboxPort)
    throw new StartupError(
      `PORT and SANDBOX_PORT are both ${productPort}; extensions must be served from another port. Change one of them.`,
    )
  return {
    port: productPort,
    sandboxPort,
    ordersPort: ORDERS_PORT ?? 0,
    dataDir: resolve(DATA_DIR ?? '.data/helpdesk'),
    databaseUrl: DATABASE_URL,
    isolation: SOUK_ISOLATION ?? 'origin',
    developmentHosts: DEVELOPMENT_HOSTS ?? {},
  }
}
