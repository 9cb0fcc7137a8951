/**
 * What a worker thread loads first: it imports the module of the tasks, whose address is its first argument.
 * The pool would `require` that module, and Node 20 ends the whole process ("IsGraphAsync must be used on an instantiated
 * module") when a thread is stopped while it links a module that way; an `import` is given up instead.
 */
const address = process.argv[2] as string
let loaded: Promise<Readonly<Record<string, unknown>>> | undefined

/** The function of that name, once its module is there. */
const taskOf = (name: string) => async (task: unknown) => {
  loaded ??= import(address)
  return ((await loaded)[name] as (task: unknown) => unknown)(task)
}

module.exports = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : name === '__esModule' ? true : taskOf(String(name))) })
