/** Writes docs/reference/api.md from the contract. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apiReference } from '@kasauti/contract'

export function writeApiReference(): void {
  const page = fileURLToPath(new URL('../docs/reference/api.md', import.meta.url))
  mkdirSync(fileURLToPath(new URL('../docs/reference', import.meta.url)), { recursive: true })
  writeFileSync(page, apiReference())
}
