/** Loads a function that writes traditional characters as simplified ones (OpenCC, Taiwan and Hong Kong variants included). */
export async function loadSimplifier(): Promise<(text: string) => string> {
  const { Converter } = await import('opencc-js/t2cn')
  const convert = Converter({ from: 't', to: 'cn' })
  return (text) => (/\p{Script=Han}/u.test(text) ? convert(text) : text)
}
