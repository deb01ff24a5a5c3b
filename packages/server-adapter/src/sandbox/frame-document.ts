export interface FrameDocument {
  readonly appId: string
  readonly installationId: string
  readonly runtimeSha256: string
  readonly bundleSha256: string
  readonly bootSha256: string
  readonly hostOrigins: readonly string[]
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

const documentOf = (data: Readonly<Record<string, string>>, scriptSha256: string): string => {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`)
  return `<!doctype html>
<html lang="en"${attributes.join('')}>
<head><meta charset="utf-8"><title>Extension</title>
<script src="/boot/${escapeHtml(scriptSha256)}.js" crossorigin></script></head>
<body></body>
</html>
`
}

/** The document of the self-test: a frame like any other, with our probe in it and no extension. */
export const probeDocument = (probeSha256: string, hostOrigins: readonly string[]): string =>
  documentOf({ 'host-origins': hostOrigins.join(' ') }, probeSha256)

/** The document of a frame. It names its scripts by hash; nothing in it comes from a user or from an extension. */
export const frameDocument = (frame: FrameDocument): string =>
  documentOf(
    {
      'app-id': frame.appId,
      'installation-id': frame.installationId,
      runtime: frame.runtimeSha256,
      bundle: frame.bundleSha256,
      'host-origins': frame.hostOrigins.join(' '),
    },
    frame.bootSha256,
  )
