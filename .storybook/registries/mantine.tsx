import coreStyles from '@mantine/core/styles.css?inline'
import dateStyles from '@mantine/dates/styles.css?inline'
import { ProductProvider } from '../../examples/mantine/src/provider'
import { registry } from '../../examples/mantine/src/registry'
import ownStyles from '../../examples/mantine/src/styles.css?inline'
import type { ShownRegistry } from './load-registry'

export const mantine: ShownRegistry = {
  registry,
  // Its styles are those of a whole page, so they are there no longer than its stories.
  Around: ({ theme, locale, children }) => (
    <>
      <style>{coreStyles}</style>
      <style>{dateStyles}</style>
      <style>{ownStyles}</style>
      <ProductProvider colorScheme={theme} locale={locale}>
        {children}
      </ProductProvider>
    </>
  ),
}
