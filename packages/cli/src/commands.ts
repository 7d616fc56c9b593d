import { assign } from './assign.ts'
import { backup } from './backup.ts'
import { batch } from './batch.ts'
import type { Command } from './command.ts'
import { deliver } from './deliver.ts'
import { doctor } from './doctor.ts'
import { reassign, release } from './held.ts'
import { importFile } from './import.ts'
import { login } from './login.ts'
import { report } from './report.ts'
import { restore } from './restore.ts'
import { start } from './start.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  start,
  doctor,
  backup,
  restore,
  login,
  importFile,
  batch,
  assign,
  reassign,
  release,
  deliver,
  report,
]
