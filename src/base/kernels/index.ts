/**
 * kernels: tight loops that several rooms use.
 *
 *   shingles.ts   5-grams of tokens in mixed languages, exact Jaccard
 *   minhash.ts    one-permutation MinHash with optimal densification, band keys
 *   gray-image.ts   grey levels of an image, shrinking by area
 *   image-facts.ts   sharpness, brightness, contrast, entropy, noise
 *   perceptual-hash.ts   64-bit DCT hash, 16 × 16 thumbnail
 */

export * from './gray-image.ts'
export * from './image-facts.ts'
export * from './minhash.ts'
export * from './perceptual-hash.ts'
export * from './shingles.ts'
