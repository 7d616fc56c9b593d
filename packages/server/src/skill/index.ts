export { grantCertificate, holdsSkills, missingSkills } from './certificates.ts'
export { presentCertificate } from './presenter.ts'
export { routes } from './routes.ts'
export { listCertificatesOf, listMyProjects } from './storage.ts'

import { certificateSweep } from './sweep.ts'

export { tellExpiring } from './sweep.ts'
export const sweeps = [certificateSweep]
