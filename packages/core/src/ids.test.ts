import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeId, encodeId, uuidV7 } from './ids.ts'

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('a TypeID decodes to the uuid it was made of', () => {
  fc.assert(
    fc.property(time, bytes, (t, random) => {
      const uuid = uuidV7(t, random)
      expect(decodeId('itm', encodeId('itm', uuid))).toBe(uuid)
    }),
  )
})

test('the published TypeID example encodes as in its specification', () => {
  // https://github.com/jetify-com/typeid, spec/valid.yml, "valid-uuidv7"
  expect(encodeId('prj', '01890a5d-ac96-774b-bcce-b302099a8057')).toBe(
    'prj_01h455vb4pex5vsknk084sn02q',
  )
})

test('another prefix, a bad alphabet, an overflow and a wrong length are refused', () => {
  const id = encodeId('itm', '01890a5d-ac96-774b-bcce-b302099a8057')
  expect(decodeId('prj', id)).toBeUndefined()
  expect(decodeId('itm', id.replace('0', 'u'))).toBeUndefined()
  expect(decodeId('itm', `itm_8${'z'.repeat(25)}`)).toBeUndefined()
  expect(decodeId('itm', id.slice(0, -1))).toBeUndefined()
  expect(decodeId('itm', `${id}0`)).toBeUndefined()
})

test('a UUIDv7 carries its time, version 7 and variant 10', () => {
  fc.assert(
    fc.property(time, bytes, (t, random) => {
      const uuid = uuidV7(t, random)
      expect(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16)).toBe(t)
      expect(uuid[14]).toBe('7')
      expect('89ab').toContain(uuid[19])
    }),
  )
})

test('ids sort by time as text, on the wire too', () => {
  fc.assert(
    fc.property(time, time, bytes, bytes, (a, b, ra, rb) => {
      fc.pre(a < b)
      expect(encodeId('itm', uuidV7(a, ra)) < encodeId('itm', uuidV7(b, rb))).toBe(true)
    }),
  )
})
