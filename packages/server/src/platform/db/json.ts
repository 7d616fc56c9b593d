/** A value for a jsonb column. Arrays handed to the driver as they are would become PostgreSQL arrays. */
export const json = (value: unknown): string => JSON.stringify(value)
