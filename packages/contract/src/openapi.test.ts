import { readFileSync } from 'node:fs'
import { errorStatus } from '@kasauti/core'
import { expect, test } from 'vitest'
import { apiReference, contract, type Operation, openApi } from './index.ts'

const operations = Object.values(contract) as Operation[]
// biome-ignore lint/suspicious/noExplicitAny: the description is plain JSON of many shapes
const api = JSON.parse(JSON.stringify(openApi())) as any

test('every operation is described once, under its own id', () => {
  const described = Object.values(api.paths).flatMap((path) =>
    Object.values(path as object).map((op) => op.operationId),
  )
  expect(described.sort()).toEqual(operations.map((op) => op.name).sort())
})

test('no two operations share method and address, and every parameter of a path is declared', () => {
  const places = operations.map((op) => `${op.method} ${op.path.replace(/:\w+/g, ':x')}`)
  expect(new Set(places).size).toBe(places.length)
  for (const op of operations) {
    const inPath = [...op.path.matchAll(/:(\w+)/g)].map((m) => m[1])
    expect(Object.keys(op.params.shape).sort(), op.name).toEqual(inPath.sort())
  }
})

test('every reference leads somewhere and every failure is a problem with its codes', () => {
  const references = JSON.stringify(api).match(/#\/components\/[\w/]+/g) ?? []
  expect(references.length).toBeGreaterThan(100)
  for (const reference of new Set(references)) {
    const found = reference
      .slice(2)
      .split('/')
      .reduce((at, step) => at?.[step], api)
    expect(found, reference).toBeDefined()
  }
  for (const path of Object.values(api.paths))
    for (const op of Object.values(path as object))
      for (const [status, answer] of Object.entries(op.responses) as [
        string,
        {
          content: Record<
            string,
            { schema: { allOf: { properties?: { code: { enum: string[] } } }[] } }
          >
        },
      ][]) {
        if (status === '200') continue
        const codes =
          answer.content['application/problem+json']?.schema.allOf[1]?.properties?.code.enum ?? []
        expect(codes.length).toBeGreaterThan(0)
        for (const code of codes)
          expect(errorStatus[code as keyof typeof errorStatus]).toBe(Number(status))
      }
})

test('only public operations go without a credential', () => {
  for (const op of operations) {
    const described = api.paths[op.path.replace(/:(\w+)/g, '{$1}')][op.method.toLowerCase()]
    expect(described.security.length === 0, op.name).toBe(op.may === 'public')
  }
})

test('changes of a project say so in their path: project roles need a projectId', () => {
  for (const op of operations)
    if (Array.isArray(op.may)) expect(op.path, op.name).toContain('/projects/:projectId')
})

test('the reference page is the one that the contract writes', () => {
  const page = readFileSync(new URL('../../../docs/reference/api.md', import.meta.url), 'utf8')
  expect(page === apiReference(), 'run npm run generate').toBe(true)
})
