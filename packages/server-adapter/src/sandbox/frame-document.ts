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

/** The document of a frame. It names its scripts by hash; nothing in it comes from a user or from an extension. */
export const frameDocument = (frame: FrameDocument): string => {
  const attributes = Object.entries({
    'data-app-id': frame.appId,
    'data-installation-id': frame.installationId,
    'data-runtime': frame.runtimeSha256,
    'data-bundle': frame.bundleSha256,
    'data-host-origins': frame.hostOrigins.join(' '),
  }).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
  return `<!doctype html>
<html lang="en"${attributes.join('')}>
<head><meta charset="utf-8"><title>Extension</title>
<script src="/boot/${escapeHtml(frame.bootSha256)}.js" crossorigin></script></head>
<body></body>
</html>
`
}
