/**
 * kernels: tight loops that several rooms use.
 *
 *   shingles.ts   5-grams of tokens in mixed languages, exact Jaccard
 *   merkle-tree.ts   hashes, roots and audit paths of RFC 6962
 *   minhash.ts    one-permutation MinHash with optimal densification, band keys
 *   gray-image.ts   grey levels of an image, shrinking by area
 *   image-facts.ts   sharpness, brightness, contrast, entropy, noise; image-metadata.ts   image files without what tells of persons
 *   audio-facts.ts power-spectrum.ts   signal to noise, clipping, silence of a recording
 *   perceptual-hash.ts   64-bit DCT hash, 16 × 16 thumbnail
 *   labelled-boxes.ts labelled-spans.ts   boxes and spans in an annotation, as the common tools write them
 *   annotation-fields.ts   which field holds them
 *   identifiers.ts   findIdentifiers, replaceIdentifiers: personal numbers, accounts, keys in text
 *   text-profile.ts   one pass over a text: characters by class, words, lines, tokens
 *   utf8-text.ts   a text as the bytes of a buffer
 *   text-repetition.ts   repeated n-grams and lines of a profiled text
 *   quality-rules.ts quality-reasons.ts   Gopher and C4 rules on a profile, tuned for Chinese
 *   compressibility.ts   what an LZ77 coder would keep of a text
 *   chinese-variants.ts   traditional and simplified Chinese
 *   word-search.ts   many words or phrases at once
 *   json-shape.ts json-texts.ts   JSON values against a shape; the texts in them
 *   worded-columns.ts   columns as people read them, and their texts changed, whether plain or inside JSON
 *   row-hashes.ts   106 bits of the values of each row
 *   units.ts   UCUM codes, how people write them, linear conversion; time-axis.ts   time that counts in any unit
 *   measured-columns.ts series-rows.ts   what operators of tables and series share
 *   expression.ts expression-columns.ts   conditions between fields: read, then judged over a batch
 *   judge-text.ts text-parameters.ts   what all text operators share
 */

export * from './annotation-fields.ts'
export * from './audio-facts.ts'
export * from './character-class.ts'
export * from './chinese-variants.ts'
export * from './compressibility.ts'
export * from './expression.ts'
export * from './expression-columns.ts'
export * from './gray-image.ts'
export * from './identifiers.ts'
export * from './image-facts.ts'
export * from './image-metadata.ts'
export * from './json-shape.ts'
export * from './json-texts.ts'
export * from './judge-text.ts'
export * from './labelled-boxes.ts'
export * from './labelled-spans.ts'
export * from './measured-columns.ts'
export * from './merkle-tree.ts'
export * from './minhash.ts'
export * from './perceptual-hash.ts'
export * from './quality-reasons.ts'
export * from './quality-rules.ts'
export * from './row-hashes.ts'
export * from './series-rows.ts'
export * from './shingles.ts'
export * from './text-parameters.ts'
export * from './text-profile.ts'
export * from './text-repetition.ts'
export * from './time-axis.ts'
export * from './units.ts'
export * from './utf8-text.ts'
export * from './web-address.ts'
export * from './word-search.ts'
export * from './worded-columns.ts'
