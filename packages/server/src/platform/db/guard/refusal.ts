/** Why a statement does not pass. */
export class Refusal extends Error {}
