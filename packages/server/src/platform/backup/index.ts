export { writeBackup } from './backup.ts'
export { withDatabase, withOwnDatabase } from './installation.ts'
export { restoreBackup, verifyBackup } from './restore.ts'
