import '@souk/host/devtools.css'
import { createDevtools, DevtoolsPanel } from '@souk/host/devtools'
import { useState } from 'react'
import type { Theme } from '../use-theme'

export const devtools = createDevtools()

/** Below everything, and out of the way until it is asked for. */
export const DevTools = ({ theme }: { readonly theme: Theme }) => {
  const [isOpen, setOpen] = useState(true)
  return (
    <div className="fh-devtools" data-open={isOpen || undefined}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Devtools
      </button>
      {isOpen ? <DevtoolsPanel devtools={devtools} theme={theme} /> : null}
    </div>
  )
}
