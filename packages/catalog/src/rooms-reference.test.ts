import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { roomsReference } from '../../../scripts/generate-rooms-reference.ts'

it('has a reference page of the rooms that is up to date (`npm run generate`)', () => {
  const page = new URL('../../../docs/reference/rooms.md', import.meta.url)
  expect(readFileSync(page, 'utf8')).toBe(roomsReference())
})
