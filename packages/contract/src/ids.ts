/** Codecs between the wire (TypeID strings, ISO times) and the program (UUID strings, Dates). */
import { decodeId, encodeId, type IdKind, idPrefixes } from '@kasauti/core'
import { z } from 'zod'

const idCodec = (kind: IdKind) => {
  const prefix = idPrefixes[kind]
  return z
    .codec(
      z
        .string()
        .regex(
          new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`),
          `an id that starts with ${prefix}_`,
        ),
      z.string(),
      {
        decode: (id) => decodeId(prefix, id) ?? id,
        encode: (uuid) => encodeId(prefix, uuid),
      },
    )
    .meta({ examples: [`${prefix}_01h455vb4pex5vsknk084sn02q`] })
}

export const UserId = idCodec('user')
export const ProjectId = idCodec('project')
export const ItemId = idCodec('item')
export const AssignmentId = idCodec('assignment')
export const AnnotationId = idCodec('annotation')
export const UploadId = idCodec('upload')
export const ImportId = idCodec('import')
export const DeliveryId = idCodec('delivery')
export const SessionId = idCodec('session')
export const TokenId = idCodec('token')
export const InvitationId = idCodec('invitation')
export const ViewId = idCodec('view')
export const TaxonomyId = idCodec('taxonomy')
export const JobId = idCodec('job')
export const NotificationId = idCodec('notification')
export const BatchId = idCodec('batch')
export const GoldId = idCodec('gold')
export const SkillId = idCodec('skill')
export const CertificateId = idCodec('certificate')
export const ExamId = idCodec('exam')
export const SittingId = idCodec('sitting')
export const AppealId = idCodec('appeal')
export const ReviewId = idCodec('review')
export const DayOffId = idCodec('day-off')

export const Instant = z.codec(
  z.iso.datetime().meta({ examples: ['2026-01-31T09:30:00.000Z'] }),
  z.date(),
  {
    decode: (s) => new Date(s),
    encode: (d) => d.toISOString(),
  },
)
