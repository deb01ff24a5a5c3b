import { DeviceLogin } from '@souk/host/marketplace'
import { setDocumentTitle } from '../use-document-title'
import type { Language } from '../use-language'

/** Where `souk login` sends a developer. */
export const Device = ({ language }: { readonly language: Language }) => (
  <div className="fh-page" lang={language}>
    <DeviceLogin code={new URLSearchParams(location.search).get('code') ?? ''} onTitleChange={setDocumentTitle} />
  </div>
)
