import * as sdkReact from 'react'

export { createRoot as createSdkDomRoot } from 'react-dom/client'
/** The React of extensions, also for tests whose own React is the product's. */
export { sdkReact }
