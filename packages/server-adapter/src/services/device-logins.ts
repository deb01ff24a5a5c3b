import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  type DeviceCode,
  type DeviceLogin,
  type DeviceToken,
} from '@souk/extension-sdk/protocol'
import { createApiKey, hashApiKey } from '../crypto/api-key'
import { createId } from '../crypto/create-id'
import { createToken, createUserCode, hashToken, normalizeUserCode } from '../crypto/token'
import { type Actor, authorize } from '../policy'
import { notFound, SoukError } from '../souk-error'
import type { DeviceLoginRecord } from '../storage'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import { authorizeAccount } from './developer-access'
import { requireUser, type ServiceContext, takeToken } from './service-context'

export interface DeviceLoginOptions {
  /** The page of the product where a signed-in person types the code, such as https://app.example.com/apps/device. */
  readonly verificationUri: string
  /** How long a key that comes of a login is valid. Default 90. */
  readonly keyDays?: number
}

/** The one client there is: the command line of the SDK. */
export const CLI_CLIENT_ID = 'souk-cli'
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

const DAY_MS = 86_400_000
const CODE_SECONDS = 600
const INTERVAL_SECONDS = 5
const DEFAULT_KEY_DAYS = 90
const DEFAULT_NAME = 'souk command line'

/** Device Authorization Grant (RFC 8628): a command line asks, a person signed in to the product lets it in. */
export const createDeviceLoginService = (context: ServiceContext) => {
  const { storage, now, deviceLogin, deviceLogins, codeEntries } = context
  const keyDays = deviceLogin?.keyDays ?? DEFAULT_KEY_DAYS

  const toDeviceLogin = ({ name, scopes, status, createdAt, expiresAt }: DeviceLoginRecord): DeviceLogin => ({
    name,
    scopes,
    status: status === 'used' ? 'approved' : status,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    keyDays,
  })

  /** The login that waits under a code. Every attempt counts, the right ones too. */
  const find = async (userId: string, typed: string): Promise<DeviceLoginRecord> => {
    takeToken(codeEntries, userId, 'codes were entered')
    const login = await storage.deviceLogins.findByUserCode(hashToken(normalizeUserCode(typed)))
    if (login?.status !== 'pending' || login.expiresAt <= now())
      throw new SoukError('NOT_FOUND', 'No command line waits under this code. Check it, or run souk login again.')
    return login
  }

  return {
    async start(input: {
      readonly scopes: readonly ApiKeyScope[]
      readonly name?: string | undefined
    }): Promise<DeviceCode> {
      if (!deviceLogin)
        throw new SoukError(
          'NOT_CONFIGURED',
          'Logging in from a command line is not switched on here. Make an API key in the product and set SOUK_API_KEY.',
        )
      takeToken(deviceLogins, 'all', 'logins begin at once')
      const deviceCode = createToken()
      const userCode = createUserCode()
      const createdAt = now()
      await storage.deviceLogins.create({
        id: createId(),
        deviceCodeHash: hashToken(deviceCode),
        userCodeHash: hashToken(userCode),
        name: input.name ?? DEFAULT_NAME,
        scopes: input.scopes.length > 0 ? input.scopes : API_KEY_SCOPES,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + CODE_SECONDS * 1000),
        status: 'pending',
        userId: null,
        developerAccountId: null,
        intervalSeconds: INTERVAL_SECONDS,
        lastPolledAt: null,
      })
      const complete = new URL(deviceLogin.verificationUri)
      complete.searchParams.set('code', userCode)
      return {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: deviceLogin.verificationUri,
        verification_uri_complete: complete.href,
        expires_in: CODE_SECONDS,
        interval: INTERVAL_SECONDS,
      }
    },

    async read(actor: Actor, userCode: string): Promise<DeviceLogin> {
      authorize(actor, 'device-login.read', { type: 'platform' })
      return toDeviceLogin(await find(requireUser(actor).userId, userCode))
    },

    async approve(actor: Actor, userCode: string, accountId: string): Promise<DeviceLogin> {
      const userId = await authorizeAccount(context, actor, 'device-login.approve', accountId)
      const { id } = await find(userId, userCode)
      const approved = await storage.deviceLogins.decide(id, {
        status: 'approved',
        userId,
        developerAccountId: accountId,
        at: now(),
      })
      if (!approved) throw notFound('device login')
      await audit(
        context,
        actor,
        'device-login.approve',
        { type: 'device-login', id, developerAccountId: accountId },
        changedFields({ status: 'pending' }, { status: approved.status, developerAccountId: accountId }),
      )
      return toDeviceLogin(approved)
    },

    async deny(actor: Actor, userCode: string): Promise<DeviceLogin> {
      authorize(actor, 'device-login.deny', { type: 'platform' })
      const { userId } = requireUser(actor)
      const { id } = await find(userId, userCode)
      const denied = await storage.deviceLogins.decide(id, {
        status: 'denied',
        userId,
        developerAccountId: null,
        at: now(),
      })
      if (!denied) throw notFound('device login')
      // It was for no account yet, so that only the platform's log has it.
      await audit(
        context,
        actor,
        'device-login.deny',
        { type: 'device-login', id },
        changedFields({ status: 'pending' }, { status: denied.status }),
      )
      return toDeviceLogin(denied)
    },

    /** What a command line asks again and again. The key is made at the answer, so that it lies nowhere in between. */
    async token(deviceCode: string): Promise<DeviceToken> {
      const at = now()
      const polled = await storage.deviceLogins.poll(hashToken(deviceCode), at)
      const { login, tooSoon } = polled ?? {}
      if (!login || login.status === 'used')
        throw new SoukError(
          'DEVICE_CODE_INVALID',
          'There is no such device code, or it was used. Run souk login again.',
        )
      if (login.expiresAt <= at)
        throw new SoukError('DEVICE_CODE_EXPIRED', 'Nobody approved the login in time. Run souk login again.')
      if (login.status === 'denied') throw new SoukError('DEVICE_ACCESS_DENIED', 'The login was denied in the product.')
      if (tooSoon)
        throw new SoukError(
          'DEVICE_SLOW_DOWN',
          `Asked too soon. Wait ${login.intervalSeconds} s between two questions.`,
          {
            retryAfterSeconds: login.intervalSeconds,
          },
        )
      if (login.status === 'pending' || login.userId === null || login.developerAccountId === null)
        throw new SoukError('DEVICE_AUTHORIZATION_PENDING', 'Nobody has approved the login yet. Ask again later.', {
          retryAfterSeconds: login.intervalSeconds,
        })
      const { userId, developerAccountId } = login
      if ((await storage.developerAccounts.roleOf(developerAccountId, userId)) === null)
        throw new SoukError('DEVICE_ACCESS_DENIED', 'Who approved the login has left the developer account since.')
      const key = createApiKey()
      const made = await storage.deviceLogins.redeem(login.id, {
        id: createId(),
        developerAccountId,
        userId,
        name: login.name,
        scopes: login.scopes,
        keyHash: hashApiKey(key),
        createdAt: at,
        expiresAt: new Date(at.getTime() + keyDays * DAY_MS),
        revokedAt: null,
      })
      if (!made) throw new SoukError('DEVICE_CODE_INVALID', 'The device code was used just now. Run souk login again.')
      const actor = { kind: 'api-key', userId, developerAccountId, scopes: login.scopes } as const
      await audit(
        context,
        actor,
        'api-key.create',
        { type: 'api-key', id: made.id, developerAccountId },
        // Neither the key nor its hash.
        changedFields(null, { name: made.name, userId }),
      )
      return {
        access_token: key,
        token_type: 'Bearer',
        expires_in: (keyDays * DAY_MS) / 1000,
        scope: login.scopes.join(' '),
      }
    },
  }
}
