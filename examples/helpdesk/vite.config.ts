import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // The server puts a fresh nonce in this place for every page: components that add a style element read it.
  html: { cspNonce: 'FERNHILL-CSP-NONCE' },
  // The Content-Security-Policy has no data: for fonts and scripts, so nothing is inlined.
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
})
