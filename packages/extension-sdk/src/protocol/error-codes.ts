/**
 * Every code Souk reports, with the sentence `docs/errors.md` explains it by. Codes are for programs; they never change their meaning.
 */
export const ERROR_CODES = {
  // The bridge
  INVALID_MESSAGE: 'A message did not have the form of the protocol and was dropped.',
  METHOD_NOT_FOUND: 'The other side does not know this request; it may speak an older version.',
  PROTOCOL_VERSION_UNSUPPORTED: 'The extension and the host share no version of the protocol.',
  TIMEOUT: 'No answer came before the deadline.',
  ABORTED: 'The caller gave the request up.',
  CLOSED: 'The connection to the extension ended.',
  VALUE_NOT_SENDABLE: 'A value cannot cross between the extension and the host.',
  UNKNOWN_NODE: 'A batch named a node that is not in the tree.',
  BATCH_OUT_OF_ORDER: 'A batch did not follow the one before it.',
  UNAUTHORIZED_COMPONENT: 'The extension used a component that the product does not offer.',
  INVALID_PROP: 'A prop was dropped because the component contract does not allow it.',
  HANDLER_NOT_FOUND: 'An event arrived for a handler that no longer exists.',
  UNKNOWN_SURFACE: 'The bundle has no surface of this kind and id.',
  PORTAL_NOT_SUPPORTED: 'createPortal has no meaning in an extension; use showDialog instead.',
  EXTENSION_ERROR: "The extension's own code threw.",
  // The cage
  FRAME_SAME_ORIGIN: "The extension's frame would stand on the product's own origin.",
  FRAME_ORIGIN_INVALID: 'The address of the extension frame is not on the configured sandbox origin.',
  FRAME_NAVIGATED: 'The extension frame loaded a second document and was removed.',
  FRAME_LOAD_FAILED: 'The extension frame did not connect in time.',
  BUNDLE_INTEGRITY: 'The bundle that arrived is not the one that was published.',
  EXTENSION_UNRESPONSIVE: 'The extension stopped answering and was ended.',
  LIMIT_EXCEEDED: 'The extension went over one of its limits.',
  RATE_LIMITED: 'Too many requests in a short time.',
  // The product's page
  REGISTRY_INCOMPLETE: 'The registry has no implementation for a component of its contract.',
  PROVIDER_MISSING: 'A Souk component was rendered outside of SoukProvider.',
  NETWORK_FAILED: 'The server could not be reached.',
  INVALID_RESPONSE: 'The server answered with something that is not what its API promises.',
  INVALID_CONTEXT: 'The context of a surface does not match its contract.',
  // The server
  UNAUTHENTICATED: 'Nobody is signed in.',
  FORBIDDEN: 'The caller may not do this.',
  NOT_FOUND: 'There is nothing here that the caller may see.',
  CONFLICT: 'The state changed, or does not allow this move.',
  INVALID_INPUT: 'The input was refused; its fields say why.',
  PAYLOAD_TOO_LARGE: 'The body is over the limit.',
  UNSUPPORTED_MEDIA_TYPE: 'The body has a type that is not accepted here.',
  INTERNAL: 'Something failed on the server; the trace id finds it in the logs.',
  STORAGE_UNAVAILABLE: 'The database did not answer; try again.',
  INVALID_MANIFEST: 'The manifest was refused.',
  BUNDLE_HASH_MISMATCH: 'The bytes received do not have the hash that was announced.',
  VERSION_EXISTS: 'A production deployment of this version exists already; deployments are immutable.',
  PUBLISH_CHECKS_FAILED: 'The app does not yet pass the publish checks.',
  CONSENT_REQUIRED: 'The deployment asks for scopes or hosts that were not granted.',
  APP_NOT_INSTALLED: 'The app is not installed here, or was uninstalled.',
  DEPLOYMENT_NOT_RUNNABLE: 'The deployment is not one that may run now.',
  NOT_CONFIGURED: 'A required setting is missing.',
  // Server functions
  FUNCTION_NOT_FOUND: 'The deployment has no such function, or it cannot be called from the browser.',
  FUNCTION_FAILED: 'The server function threw.',
  FUNCTION_TIMEOUT: 'The server function did not finish before its deadline.',
  FUNCTION_RESULT_TOO_LARGE: 'The result of the server function is over the limit.',
  FUNCTION_CRASHED: 'The process of the server function ended.',
  FUNCTION_MEMORY: 'The server function used more memory than it may.',
  FUNCTION_OVERLOADED: 'Too many calls are running; try again later.',
  FUNCTION_LOAD_FAILED: 'The server bundle could not be loaded.',
  RUNTIME_UNAVAILABLE: 'No runtime for server functions is available.',
  EGRESS_DENIED: 'A server function asked for a host that its manifest does not name.',
  EGRESS_PRIVATE_ADDRESS: 'The host resolves to a private address.',
  EGRESS_LIMIT: 'A request of a server function is over a limit.',
  EGRESS_FAILED: 'The outside service could not be reached.',
  // The build and the command line
  BUILD_FAILED: 'The extension could not be bundled.',
  BUILD_TYPES: 'The TypeScript compiler found errors in the extension.',
  BUILD_SERVER_LEAK: 'Server code would have reached the browser bundle.',
  BUILD_SERVER_FUNCTION: 'A server module exports something the client cannot call.',
  CONFIG_INVALID: 'package.json or souk.config.ts lacks something, or holds something wrong.',
  CLI_USAGE: 'The command lacks an option, or got one it cannot use.',
  API_UNREACHABLE: 'The marketplace did not answer.',
  API_RESPONSE_INVALID: 'The marketplace answered in a form this version does not know.',
  NOT_IN_SERVER_FUNCTION: 'This may be called only while a server function runs.',
  // What app code throws on purpose
  UPSTREAM_SERVICE_ERROR: 'The outside service answered with an error.',
  INSUFFICIENT_PERMISSIONS: 'The outside service refused the credentials.',
  CONNECTION_EXPIRED: 'The connection to the outside service has to be renewed.',
} as const satisfies Record<string, string>

export type ErrorCode = keyof typeof ERROR_CODES

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(ERROR_CODES, value)
