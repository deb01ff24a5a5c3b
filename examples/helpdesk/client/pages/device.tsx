import { DeviceLogin } from '@souk/host/marketplace'

/** Where `souk login` sends a developer. */
export const Device = () => (
  <div className="fh-page">
    <DeviceLogin code={new URLSearchParams(location.search).get('code') ?? ''} />
  </div>
)
