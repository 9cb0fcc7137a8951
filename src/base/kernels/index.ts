/**
 * kernels: tight loops that several rooms use.
 *
 *   shingles.ts   5-grams of tokens in mixed languages, exact Jaccard
 *   minhash.ts    one-permutation MinHash with optimal densification, band keys
 *   gray-image.ts   grey levels of an image, shrinking by area
 *   image-facts.ts   sharpness, brightness, contrast, entropy, noise
 *   perceptual-hash.ts   64-bit DCT hash, 16 × 16 thumbnail
 *   identifiers.ts   findIdentifiers, replaceIdentifiers: personal numbers, accounts, keys in text
 *   text-profile.ts   one pass over a text: characters by class, words, lines, tokens
 *   text-repetition.ts   repeated n-grams and lines of a profiled text
 *   judge-text.ts   quarantine by a verdict on text columns
 */

export * from './gray-image.ts'
export * from './identifiers.ts'
export * from './image-facts.ts'
export * from './judge-text.ts'
export * from './minhash.ts'
export * from './perceptual-hash.ts'
export * from './shingles.ts'
export * from './text-profile.ts'
export * from './text-repetition.ts'
