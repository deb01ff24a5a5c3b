import type { App } from '@souk/extension-sdk'
import { Button, Input, Stack, Table, TableBody, TableCell, TableRow, Text } from '@souk/extension-sdk/client'
import { createBenchApp } from './bench-app'

const BenchApp = createBenchApp({ Button, Input, Stack, Table, TableBody, TableCell, TableRow, Text })

export const app: App = {
  record: { widgets: [{ id: 'table', label: 'Table', description: 'The table.', component: BenchApp }] },
}
