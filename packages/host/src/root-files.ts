import { createContext } from 'react'
import type { RootFiles } from './surfaces/file-grants'

/** Where the files of the components inside are kept. */
export const RootFilesContext = createContext<Pick<RootFiles, 'grant' | 'withdraw'> | undefined>(undefined)
