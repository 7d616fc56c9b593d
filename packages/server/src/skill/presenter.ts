import type { Output } from '@kasauti/contract'
import { certificateState } from './certificates.ts'
import type { CertificateRow, SkillRow, Text } from './storage.ts'

const text = ({ en, hi }: Text) => (hi === undefined ? { en } : { en, hi })

export const presentSkill = (row: SkillRow): Output<'skill.create'> => ({
  skillId: row.skill_id,
  name: row.name,
  title: text(row.title),
  summary: text(row.summary),
  retired: row.retired_at !== null,
  holders: row.holders,
})

export const presentCertificate = (row: CertificateRow, now: Date): Output<'skill.grant'> => ({
  certificateId: row.certificate_id,
  skillId: row.skill_id,
  skillTitle: text(row.skill_title),
  userId: row.user_id,
  name: row.name,
  source: row.source,
  state: certificateState(row, now),
  note: row.note,
  ...(row.granted_by === null ? {} : { grantedBy: row.granted_by }),
  grantedAt: row.granted_at,
  ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
})
