/** Members past this are no schema but a map: a limit against files that hold a new name in each record. */
export const MAX_NAMES = 10_000
