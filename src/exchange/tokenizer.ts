import type { Words } from '../base/problem/index.ts'

/** Counts the tokens that a family of models makes of a text. Prices name it, so that both sides can count again. */
export interface Tokenizer {
  readonly version: number
  readonly title: Words
  readonly doc: Words
  readonly source: string
  /** Loads the vocabulary. Throws an Error with the command that installs it where it is not there. */
  readonly load: () => Promise<(text: string) => number>
}

export const defineTokenizer = (tokenizer: Tokenizer): Tokenizer => tokenizer
