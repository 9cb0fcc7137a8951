/*
 * The rule of resolve-duplicates.ts and near-text.ts as relations, in statements that DuckDB and Spark SQL read the same.
 *
 *   signatures(record, chunk, path, id, high, low, quality)   one row a record; `record` is its number in order of id
 *   bands(record, band, hash)                                 twenty rows a text
 *
 *   led ─ members ─ candidates ─ wanted ─ texts ─ pairs ─ edges ─ links ─ labels… ─ assigned ─ duplicates
 */

/** Each record with the first record of the same content. */
export const led = ({ exact }: { readonly exact: boolean }): string => `
  SELECT record, chunk, path, id, high, low, quality,
         ${exact ? 'MIN(record) OVER (PARTITION BY high, low)' : 'record'} AS leader
  FROM signatures`

/** Leaders that share a band key with another: their place in the bucket from 1, and who stands before. */
export const MEMBERS = `
  SELECT band, hash, record, place, previous
  FROM (
    SELECT b.band, b.hash, b.record,
           ROW_NUMBER() OVER (PARTITION BY b.band, b.hash ORDER BY b.record) AS place,
           LAG(b.record) OVER (PARTITION BY b.band, b.hash ORDER BY b.record) AS previous,
           COUNT(*) OVER (PARTITION BY b.band, b.hash) AS size
    FROM bands b
    JOIN led l ON l.record = b.record
    WHERE l.leader = l.record) AS placed
  WHERE size > 1`

/** Pairs to be compared, each once: neighbours in a bucket, and everyone with the first `cap` of it. */
export const candidates = (cap: number): string => `
  SELECT a.record AS one, b.record AS other
  FROM (SELECT band, hash, place, record FROM members WHERE place <= ${cap}) a
  JOIN members b ON a.band = b.band AND a.hash = b.hash
  WHERE a.place < b.place
  UNION
  SELECT previous AS one, record AS other FROM members WHERE previous IS NOT NULL`

/** Buckets of more than `cap`: each has one member at the place after it. */
export const overflows = (cap: number): string => `SELECT COUNT(*) AS n FROM members WHERE place = ${cap + 1}`

/** Records whose text is needed, and the file that holds it. */
export const WANTED = `
  SELECT l.path, l.record
  FROM led l
  JOIN (SELECT one AS record FROM candidates UNION SELECT other AS record FROM candidates) w ON w.record = l.record`

/** Candidate pairs with both texts. */
export const PAIRS = `
  SELECT c.one, c.other, a.content AS one_text, b.content AS other_text
  FROM candidates c
  JOIN texts a ON a.record = c.one
  JOIN texts b ON b.record = c.other`

/** Edges both ways. */
export const LINKS = `
  SELECT one, other FROM edges UNION SELECT other AS one, one AS other FROM edges`

/** At first every record that has an edge is a component by itself. */
export const FIRST_LABELS = `
  SELECT DISTINCT one AS record, one AS label FROM links`

/**
 * One round: a record takes the smallest of the label of its label, those of its neighbours, and those of the neighbours
 * of the records that have it as their label. A few rounds for clusters as they come, about log n for a chain.
 * Source: Shiloach & Vishkin 1982, in the min-label form of Zhang, Azad, Hu 2020 ("FastSV").
 */
export const nextLabels = (labels: string): string => `
  WITH ends AS (
    SELECT a.record, a.label AS own, b.label AS heard
    FROM links e
    JOIN ${labels} a ON a.record = e.one
    JOIN ${labels} b ON b.record = e.other)
  SELECT record, MIN(label) AS label
  FROM (
    SELECT a.record, b.label FROM ${labels} a JOIN ${labels} b ON b.record = a.label
    UNION ALL SELECT record, heard AS label FROM ends
    UNION ALL SELECT own AS record, heard AS label FROM ends) AS voices
  GROUP BY record`

export const changedLabels = (before: string, after: string): string => `
  SELECT COUNT(*) AS n
  FROM ${before} b
  JOIN ${after} a ON a.record = b.record
  WHERE a.label < b.label`

/** Each record with its cluster: that of its leader. Without near duplicates the leader is the cluster. */
export const assigned = (labels: string | null): string =>
  labels === null
    ? `
  SELECT l.record, l.chunk, l.id, l.high, l.low, l.quality, l.leader, l.leader AS cluster FROM led l`
    : `
  SELECT l.record, l.chunk, l.id, l.high, l.low, l.quality, l.leader, COALESCE(c.label, l.leader) AS cluster
  FROM led l
  LEFT JOIN ${labels} c ON c.record = l.leader`

/** Those that another stands for: in each cluster the fullest stays, then the one of the smallest content key, then the first. */
export const DUPLICATES = `
  WITH ranked AS (
    SELECT record, chunk, id, leader, cluster,
           ROW_NUMBER() OVER (PARTITION BY cluster ORDER BY quality DESC, high, low, record) AS place
    FROM assigned)
  SELECT m.record, m.chunk, m.id, w.id AS into_id,
         CASE WHEN m.leader = w.leader THEN 'exact' ELSE 'near' END AS kind
  FROM ranked m
  JOIN ranked w ON w.cluster = m.cluster AND w.place = 1
  WHERE m.place > 1
  ORDER BY m.record`
