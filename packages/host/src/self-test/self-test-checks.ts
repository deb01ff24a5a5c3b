import type { DeploymentCheck, ProbeAttemptId } from '@souk/extension-sdk/protocol'

type Text = Pick<DeploymentCheck, 'title' | 'why' | 'fix'>

const HEADERS =
  'Let every header of createSandbox through; `npx souk doctor` names the one that is missing, and which proxy could have taken it.'
const NETWORK = 'An extension could send what it knows to a server of its own.'

/** What the probe's attempts say when they are refused. */
export const ATTEMPT_CHECKS: Readonly<Record<ProbeAttemptId, Text>> = {
  'read-page': {
    title: 'A frame cannot read the page',
    why: 'An extension could read and change everything the user sees.',
    fix: "Serve frames from an origin that is not the page's.",
  },
  'read-page-storage': {
    title: "A frame cannot read the page's storage",
    why: "An extension could take the product's tokens and data.",
    fix: "Serve frames from an origin that is not the page's.",
  },
  'read-cookies': {
    title: 'A frame sees no cookie of the page',
    why: 'An extension could take a session.',
    fix: 'Put the sandbox on a domain of its own, and set cookies without Domain.',
  },
  'read-storage': {
    title: "A frame sees no other frame's storage",
    why: 'Extensions could read one another.',
    fix: "Use https://*.<sandbox domain> as `sandbox.origin`, or the isolation 'opaque'.",
  },
  fetch: { title: 'A frame cannot send requests', why: NETWORK, fix: HEADERS },
  'load-image': { title: 'A frame cannot load images', why: NETWORK, fix: HEADERS },
  'load-style': { title: 'A frame cannot load styles', why: NETWORK, fix: HEADERS },
  'open-socket': { title: 'A frame cannot open sockets', why: NETWORK, fix: HEADERS },
  'open-frame': { title: 'A frame cannot frame others', why: NETWORK, fix: HEADERS },
  'run-text': {
    title: 'Text cannot become code in a frame',
    why: 'A mistake in the boot script could be used to run a script.',
    fix: HEADERS,
  },
  'open-window': {
    title: 'A frame cannot open windows',
    why: 'An extension could show a page that passes for the product.',
    fix: 'Leave the attribute `sandbox` of the frame, and the directive of the policy, as they are.',
  },
  'use-features': {
    title: 'A frame may use no feature of the browser',
    why: 'An extension could ask for the camera or the place in the name of the product.',
    fix: HEADERS,
  },
  'worker-fetch': { title: 'An extension cannot send requests', why: NETWORK, fix: HEADERS },
  'worker-import': { title: 'An extension cannot load scripts', why: NETWORK, fix: HEADERS },
  'worker-socket': { title: 'An extension cannot open sockets', why: NETWORK, fix: HEADERS },
  'worker-text': {
    title: 'An extension cannot make code of text',
    why: 'Code that was not in the reviewed bundle could run.',
    fix: HEADERS,
  },
}

export const PAGE_CHECKS = {
  'frame-address': {
    title: "Frames stand on an origin that is not the page's, in origin mode one for each installation",
    why: 'On a shared origin an extension could remove its sandbox, or read what belongs to others.',
    fix: 'Correct `sandbox.origin` of createSouk and createSandbox.',
  },
  'frame-site': {
    title: "Frames stand on another site than the page's, or the page has an agent cluster of its own",
    why: 'On the same site a loop in a frame can stop the page, and document.domain joins origins.',
    fix: 'Serve frames from another domain, or send "Origin-Agent-Cluster: ?1" with the page.',
  },
  'frame-loads': {
    title: 'A frame of the sandbox loads and answers',
    why: 'No extension can be shown, and nothing else can be tried.',
    fix: "Check that createSandbox answers on this host, that the page's frame-src allows it, and that `sandbox.hostOrigins` has the origin of this page.",
  },
  'frame-apart': {
    title: 'Two installations share no storage',
    why: 'Extensions could read one another.',
    fix: "Use https://*.<sandbox domain> as `sandbox.origin`, or the isolation 'opaque'.",
  },
  'page-frame-src': {
    title: 'The page frames nothing but what its policy names',
    why: 'Were a frame ever led elsewhere, by a mistake in the product or in Souk, the page would show it.',
    fix: 'Send a Content-Security-Policy with "frame-src <sandbox origin>" with the page.',
  },
  'page-untouched': {
    title: 'The page is as it was before',
    why: 'Something in the frame has reached out of it.',
    fix: 'Check the attribute `sandbox` of the frame and the origin it stands on; `npx souk doctor` checks the rest.',
  },
} as const satisfies Readonly<Record<string, Text>>
