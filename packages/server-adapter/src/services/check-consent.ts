import type { Manifest } from '@souk/extension-sdk/protocol'
import { SoukError } from '../souk-error'

export interface Consent {
  readonly grantedScopes: readonly string[]
  /** Hosts. */
  readonly grantedEgress: readonly string[]
}

const missingFrom = (asked: readonly string[], granted: readonly string[]): readonly string[] =>
  asked.filter((id) => !granted.includes(id))

/** Whether a consent covers all that a deployment asks for. */
export const coversManifest = ({ scopes, egress }: Manifest, consent: Consent): boolean =>
  missingFrom(
    scopes.map(({ id }) => id),
    consent.grantedScopes,
  ).length === 0 &&
  missingFrom(
    egress.server.map(({ host }) => host),
    consent.grantedEgress,
  ).length === 0

/**
 * What is stored of a consent: exactly what the deployment asks for, so that a client that grants more grants nothing for later.
 *
 * @throws {SoukError} `CONSENT_REQUIRED` when something was not granted.
 */
export const checkConsent = (manifest: Manifest, consent: Consent): Consent => {
  const scopes = manifest.scopes.map(({ id }) => id)
  const hosts = manifest.egress.server.map(({ host }) => host)
  if (!coversManifest(manifest, consent)) {
    const missing = [...missingFrom(scopes, consent.grantedScopes), ...missingFrom(hosts, consent.grantedEgress)]
    throw new SoukError(
      'CONSENT_REQUIRED',
      `Version ${manifest.version} needs what was not granted: ${missing.slice(0, 10).join(', ')}. Show the consent and send all it lists.`,
    )
  }
  return { grantedScopes: scopes, grantedEgress: hosts }
}
