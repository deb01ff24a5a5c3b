import type { Preview } from '@storybook/react-vite'
import { mswLoader } from 'msw-storybook-addon/csf3'
import { useMemo } from 'react'
import { configure } from 'storybook/test'
import { createSoukClient } from '../packages/host/src/api/create-souk-client'
import { answer } from '../packages/host/src/marketplace/testing/handlers'
import '../packages/host/src/styles.css'
import '../packages/host/src/devtools/devtools.css'
import { contractArgTypes } from './contract-arg-types'
import './preview.css'
import { SoukProvider } from '../packages/host/src/provider'
import { loadRegistry, REGISTRY_NAMES, type ShownRegistry } from './registries/load-registry'

// One second, the default, is short on a busy machine.
configure({ asyncUtilTimeout: 15_000 })

const toolbar = (title: string, items: readonly string[]) => ({
  toolbar: { title, items: [...items], dynamicTitle: true },
})

const preview: Preview = {
  loaders: [mswLoader(), async ({ globals }) => ({ shown: await loadRegistry(globals.registry) })],
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    // What the provider itself asks for; the stories of the marketplace bring a whole server.
    msw: [answer('/extensions', { items: [] })],
    layout: 'fullscreen',
    controls: { expanded: true },
    options: {
      storySort: {
        order: ['Families', 'Components', 'Chrome', 'Registries', 'Playground', 'Marketplace', 'Developer', 'Devtools'],
      },
    },
  },
  globalTypes: {
    theme: toolbar('Theme', ['light', 'dark']),
    locale: toolbar('Language', ['en-GB', 'de-DE']),
    direction: toolbar('Direction', ['ltr', 'rtl']),
    registry: toolbar('Registry', REGISTRY_NAMES),
    density: toolbar('Density', ['comfortable', 'compact']),
    contrast: toolbar('Contrast', ['normal', 'more']),
  },
  argTypesEnhancers: [
    ({ title, argTypes }) => ({ ...argTypes, ...contractArgTypes(title.replace('Components/', '')) }),
  ],
  initialGlobals: {
    theme: 'light',
    locale: 'en-GB',
    direction: 'ltr',
    density: 'comfortable',
    contrast: 'normal',
    registry: REGISTRY_NAMES[0],
  },
  decorators: [
    (Story, { globals, loaded }) => {
      // The loader above has put it there.
      const { registry, Around } = loaded.shown as ShownRegistry
      const theme = globals.theme === 'dark' ? 'dark' : 'light'
      const direction = globals.direction === 'rtl' ? 'rtl' : 'ltr'
      const locale = globals.locale === 'de-DE' ? 'de-DE' : 'en-GB'
      document.documentElement.lang = locale
      document.documentElement.dir = direction
      document.documentElement.dataset.soukTheme = theme
      // On the root, so that what is drawn over the page has them, too.
      document.documentElement.dataset.soukDensity = globals.density === 'compact' ? 'compact' : 'comfortable'
      document.documentElement.dataset.soukContrast = globals.contrast === 'more' ? 'more' : 'normal'
      // A client of its own for each story: nothing is shared between them.
      const client = useMemo(() => createSoukClient({ baseUrl: '/api/souk' }), [])
      return (
        <Around theme={theme} locale={locale}>
          <SoukProvider
            client={client}
            registry={registry}
            context={{
              theme,
              locale,
              timeZone: 'Europe/Berlin',
              user: { id: 'ada', name: 'Ada Fields' },
              organization: { id: 'northwind', name: 'Northwind' },
            }}
            services={{ navigate: () => undefined, openRecord: () => undefined }}
          >
            <div className="story" data-souk-theme={theme}>
              <Story />
            </div>
          </SoukProvider>
        </Around>
      )
    },
  ],
}
export default preview
