/**
 * A value for a jsonb column. Arrays handed to the driver as they are would become PostgreSQL arrays.
 * PostgreSQL stores neither NUL nor half a surrogate pair: both become U+FFFD, as a text decoder
 * would have made them.
 */
export const json = (value: unknown): string => {
  const text = JSON.stringify(value)
  return /\\u(0000|d[89a-f])/i.test(text) ? JSON.stringify(storable(value)) : text
}

/** The string as PostgreSQL can hold it. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

/** The value as it will come back from a jsonb column. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [storableText(k), storable(v)]))
}
