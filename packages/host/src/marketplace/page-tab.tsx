import { useSyncExternalStore } from 'react'
import { Surface } from '../surface'
import { useExtensionHost } from '../surfaces/host-context'

const NO_CONTEXT = {}

/** The id of the page that an installed app has of its own, if it may run and has one. */
export const usePageId = (appInstallationId: string): string | undefined => {
  const { list } = useExtensionHost()
  const extensions = useSyncExternalStore(list.subscribe, list.get, list.get)
  return extensions
    .find((extension) => extension.appInstallationId === appInstallationId)
    ?.surfaces.find(({ kind }) => kind === 'app.page')?.id
}

/** The app's own page, drawn by the app. */
export const PageTab = ({ appInstallationId, id }: { readonly appInstallationId: string; readonly id: string }) => (
  <Surface name="app.page" context={NO_CONTEXT} only={{ appInstallationId, id }} bare />
)
