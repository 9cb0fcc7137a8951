/** Texts of a form's fields of these names: controls beside them, which name themselves, are left out. */
export function formValues<N extends string>(form: HTMLFormElement, names: readonly N[]): Partial<Record<N, string>> {
  const data = new FormData(form)
  const pairs = names.flatMap((name) => (data.has(name) ? [[name, String(data.get(name))]] : []))
  return Object.fromEntries(pairs) as Partial<Record<N, string>>
}
