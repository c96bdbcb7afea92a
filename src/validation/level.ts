/** ZenML's three levels of secret validation, exactly as `ZENML_SECRET_VALIDATION_LEVEL` spells them. */
export const levels = ['NONE', 'SECRET_EXISTS', 'SECRET_AND_KEY_EXISTS'] as const
export type Level = (typeof levels)[number]
export const defaultLevel: Level = 'SECRET_AND_KEY_EXISTS'
