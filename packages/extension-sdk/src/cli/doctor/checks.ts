import type { DeploymentCheck } from '../../protocol'

const CHECKS = {
  'frame-served': {
    title: 'The frame document is served',
    why: 'Nothing of the extension can be shown, and nothing else can be looked at.',
    fix: 'Take the address from the page, while an extension is shown: document.querySelector("iframe[sandbox]").src. Check that createSandbox answers on its host.',
  },
  'frame-origin': {
    title: "The frame stands on another origin than the product's page",
    why: "On the page's own origin an extension could remove its sandbox, and read the page, its storage and its cookies.",
    fix: 'Give `sandbox.origin` a host of its own, better a domain of its own.',
  },
  'frame-https': {
    title: 'The frame is served over https:',
    why: 'Whoever sits on the way could replace the frame and its scripts.',
    fix: 'Serve the sandbox over https: and say so in `sandbox.origin`. Plain http: is for localhost.',
  },
  'frame-host': {
    title: 'Every installation has an origin of its own',
    why: 'Frames with allow-same-origin on one origin read one another and share their storage.',
    fix: "Use https://*.<sandbox domain> as `sandbox.origin`, or the isolation 'opaque'.",
  },
  'frame-site': {
    title: "The sandbox is on another site than the product's page",
    why: 'Frames on the same site share a process with the page, can set cookies for the domain they share, and get cookies that were set for it.',
    fix: 'Use a domain of its own for the sandbox, such as example-sandbox.com. Until then send "Origin-Agent-Cluster: ?1" with the page and set cookies without Domain, best with the prefix __Host-.',
  },
  csp: {
    title: 'The frame document has a Content-Security-Policy, as a header',
    why: 'It is the wall: without it an extension that breaks out of its worker can talk to any server.',
    fix: 'Let the headers of createSandbox through. A proxy or a framework that sets its own for every answer has to leave this host alone.',
  },
  'csp-default': {
    title: "The policy starts from default-src 'none'",
    why: 'Whatever the policy does not name would be allowed.',
    fix: 'Send the Content-Security-Policy that createSandbox makes, unchanged.',
  },
  'csp-script': {
    title: 'Scripts come from /boot/ of the frame and nowhere else',
    why: 'Other sources, inline scripts or eval would run code that nobody has checked in the frame document.',
    fix: 'Send the Content-Security-Policy that createSandbox makes. If `<origin>` in it is not the public one, the proxy changes the Host header: pass it through.',
  },
  'csp-connect': {
    title: 'The frame may fetch bundles by their hash, and nothing else',
    why: 'An extension could send what it knows to a server of its own.',
    fix: 'Send the Content-Security-Policy that createSandbox makes. If `<origin>` in it is not the public one, the proxy changes the Host header: pass it through.',
  },
  'csp-worker': {
    title: 'Workers start from Blobs alone',
    why: 'Another worker would not be under the policy of the frame.',
    fix: 'Send the Content-Security-Policy that createSandbox makes, unchanged.',
  },
  'csp-nothing-else': {
    title:
      'The frame loads no images, styles, fonts, media, objects, frames and manifests, has no base and sends no forms',
    why: 'Each is a request in which data can leave.',
    fix: 'Send the Content-Security-Policy that createSandbox makes, unchanged.',
  },
  'csp-ancestors': {
    title: "Only the product's pages may frame it",
    why: 'Any site could show the extension in a frame of its own and speak to it, or the product itself could not.',
    fix: 'Put exactly the origins of the pages into `sandbox.hostOrigins`, and let no proxy add X-Frame-Options.',
  },
  'csp-sandbox': {
    title: 'The document sandboxes itself, with exactly the tokens of its mode',
    why: 'Opened outside of the product, or under a weakened iframe, it would have rights that no extension may have.',
    fix: 'Send the Content-Security-Policy that createSandbox makes, unchanged.',
  },
  'csp-trusted-types': {
    title: 'Text cannot become code in the frame document',
    why: 'A mistake in the boot script could be used to run a script.',
    fix: 'Send the Content-Security-Policy that createSandbox makes, unchanged.',
  },
  'permissions-policy': {
    title: 'No feature of the browser is allowed',
    why: 'An extension could ask for the camera, the place, the clipboard or a payment in the name of the product.',
    fix: 'Send the Permissions-Policy that createSandbox makes, unchanged.',
  },
  'origin-agent-cluster': {
    title: 'The frame has an agent cluster of its own',
    why: 'Sites share a process otherwise: a loop in one frame can stop another, and document.domain joins origins.',
    fix: 'Send "Origin-Agent-Cluster: ?1" with every document of the sandbox.',
  },
  'embedder-policy': {
    title: 'The frame is isolated from resources of others',
    why: 'Resources that were not meant for it could be loaded into its process and read through side channels.',
    fix: 'Send "Cross-Origin-Embedder-Policy: require-corp" with frame documents.',
  },
  'opener-policy': {
    title: 'Opened by itself, the frame has no opener',
    why: 'A window that opened it would stay within its reach.',
    fix: 'Send "Cross-Origin-Opener-Policy: same-origin" with frame documents.',
  },
  'resource-policy': {
    title: 'The frame may be embedded by a page that is isolated itself',
    why: 'A page with Cross-Origin-Embedder-Policy could not show extensions.',
    fix: 'Send "Cross-Origin-Resource-Policy: cross-origin" from the sandbox.',
  },
  'referrer-policy': {
    title: 'No request of the frame tells where it came from',
    why: 'The address of the frame, with the id of the installation, would go along.',
    fix: 'Send "Referrer-Policy: no-referrer" from the sandbox.',
  },
  'content-type-options': {
    title: 'Nothing is taken for what it is not',
    why: 'A browser could take an answer for HTML or a script because it looks like one.',
    fix: 'Send "X-Content-Type-Options: nosniff" from the sandbox.',
  },
  'dns-prefetch': {
    title: 'Names are not resolved ahead',
    why: 'Data can leave in the name of a host that is merely looked up.',
    fix: 'Send "X-DNS-Prefetch-Control: off" with frame documents.',
  },
  'connection-allowlist': {
    title: 'Browsers that know Connection-Allowlist have one',
    why: 'It closes ways out that a Content-Security-Policy does not know, such as WebRTC.',
    fix: 'Let the header Connection-Allowlist of createSandbox through.',
  },
  'frame-not-stored': {
    title: 'Frame documents are not stored by caches',
    why: 'A cache could go on showing a version that was withdrawn, or without its headers.',
    fix: 'Send "Cache-Control: no-store" with frame documents, and let no CDN override it.',
  },
  'no-cookies': {
    title: 'The sandbox sets no cookies',
    why: 'A cookie there is state that extensions share, and is sent with every request of theirs.',
    fix: 'Take the sandbox host out of session handling, load balancer stickiness and bot protection.',
  },
  'frame-private': {
    title: 'No other origin may read the frame document',
    why: 'Any page could find out which installation runs which version.',
    fix: 'Send no Access-Control-Allow-Origin with frame documents; a CDN that adds it to everything has to leave them alone.',
  },
  'boot-integrity': {
    title: 'The boot script is the one its name says',
    why: 'Somebody has changed the script that guards the extension: a proxy that minifies or injects, or an attacker.',
    fix: 'Turn off every rewriting of JavaScript and HTML for the sandbox host. If there is none, find out who changed it.',
  },
  'bundle-integrity': {
    title: 'The runtime and the bundle are the ones their names say',
    why: 'The frame refuses to run them (BUNDLE_INTEGRITY), so the extension does not start.',
    fix: 'Turn off every rewriting of JavaScript for the sandbox host.',
  },
  'script-headers': {
    title: 'Scripts are public, without credentials, and never change',
    why: 'Frames in opaque mode cannot load them, or they are loaded again each time, or can be opened as documents with rights.',
    fix: 'Let the headers of createSandbox through for /b/ and /boot/.',
  },
  'nothing-else': {
    title: 'The sandbox serves nothing else',
    why: 'Everything on its origin is within reach of extensions: an API, an upload, a file becomes theirs.',
    fix: 'Route the whole sandbox host to createSandbox, and no other application to it.',
  },
  'only-reading': {
    title: 'The sandbox answers GET and HEAD alone',
    why: 'Something else than createSandbox takes what is sent to it.',
    fix: 'Route the whole sandbox host to createSandbox.',
  },
  'no-query': {
    title: 'A query is refused',
    why: 'An address with a query could carry data out of a frame, into a log of yours or of a CDN.',
    fix: 'Route the whole sandbox host to createSandbox, without rewriting addresses.',
  },
  wildcard: {
    title: 'The wildcard works: another installation would be served on a host of its own',
    why: 'The next app that is installed cannot be shown.',
    fix: 'Set up a wildcard DNS record and a wildcard certificate for the sandbox domain, and route every host under it to createSandbox.',
  },
  'frame-bound': {
    title: "An installation's frame is served on its own host alone",
    why: "One extension's frame could be loaded on the origin of another and read its storage.",
    fix: 'Pass the Host header of the request through to createSandbox unchanged.',
  },
  'page-served': {
    title: "The product's page can be looked at",
    why: 'What it sends along could not be checked.',
    fix: 'Pass a page of the product that answers without a session, such as its sign-in page, if it sends the same headers.',
  },
  'page-frame-src': {
    title: "The product's page frames the sandbox and nothing else",
    why: 'Were a frame ever led elsewhere, by a mistake in the product or in Souk, the page would show it.',
    fix: 'Send a Content-Security-Policy with "frame-src <sandbox origin>" with the page, with what else it frames by name.',
  },
  'page-cookies': {
    title: "The page's cookies are not set for a domain that the sandbox shares",
    why: 'They are sent to the sandbox with every request.',
    fix: 'Set cookies without Domain, best with the prefix __Host-, or move the sandbox to a domain of its own.',
  },
} as const satisfies Readonly<Record<string, Pick<DeploymentCheck, 'title' | 'why' | 'fix'>>>

export type CheckId = keyof typeof CHECKS

export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[]

/** A list of checks, in the order they were made. */
export const createFindings = () => {
  const checks: DeploymentCheck[] = []
  const add = (id: CheckId, status: DeploymentCheck['status'], found?: string) => {
    const { title, why, fix } = CHECKS[id]
    checks.push(status === 'ok' ? { id, title, status } : { id, title, status, ...(found ? { found } : {}), why, fix })
  }
  return {
    checks,
    /** @param found What was seen instead, as a sentence or a value. */
    expect: (id: CheckId, isOk: boolean, found: string, otherwise: 'problem' | 'warning' = 'problem') =>
      add(id, isOk ? 'ok' : otherwise, found),
    unknown: (id: CheckId, found: string) => add(id, 'unknown', found),
  }
}

export type Findings = ReturnType<typeof createFindings>
