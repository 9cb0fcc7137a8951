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
 *   quality-rules.ts quality-reasons.ts   Gopher and C4 rules on a profile, tuned for Chinese
 *   compressibility.ts   what an LZ77 coder would keep of a text
 *   word-search.ts   many words or phrases at once
 *   judge-text.ts text-parameters.ts   what all text operators share
 */

export * from './character-class.ts'
export * from './compressibility.ts'
export * from './gray-image.ts'
export * from './identifiers.ts'
export * from './image-facts.ts'
export * from './judge-text.ts'
export * from './minhash.ts'
export * from './perceptual-hash.ts'
export * from './quality-reasons.ts'
export * from './quality-rules.ts'
export * from './shingles.ts'
export * from './text-parameters.ts'
export * from './text-profile.ts'
export * from './text-repetition.ts'
export * from './word-search.ts'
