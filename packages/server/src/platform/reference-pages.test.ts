import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { configurationReference } from '../../../../scripts/generate-configuration-reference.ts'
import { errorsReference } from '../../../../scripts/generate-errors-reference.ts'
import { rolesReference } from '../../../../scripts/generate-roles-reference.ts'

const reference = (name: string) =>
  readFileSync(new URL(`../../../../docs/reference/${name}`, import.meta.url), 'utf8')

test('the pages of settings, errors and roles are up to date (`npm run generate`)', () => {
  expect(reference('configuration.md')).toBe(configurationReference())
  expect(reference('errors.md')).toBe(errorsReference())
  expect(reference('roles.md')).toBe(rolesReference())
})
