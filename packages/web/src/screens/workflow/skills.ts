export type Skill = { readonly skillId: string; readonly name: string }
const none: readonly Skill[] = []

/** Skills a stage can ask for; none while the installation has no certificates. */
export const useSkills = (): readonly Skill[] => none
