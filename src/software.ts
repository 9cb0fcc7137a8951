/** Name and version that releases record; part of every cache key, so that a new version makes everything anew. */
export const SOFTWARE = 'highgrade 0.1.0'
