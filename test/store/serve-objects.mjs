/** An S3 server in a process of its own, as a service is; its page tokens are DES, which OpenSSL 3 keeps behind a flag. */
import S3rver from 's3rver'

const [directory, ...buckets] = process.argv.slice(2)
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory,
  configureBuckets: buckets.map((name) => ({ name })),
})
const { port } = await server.run()
process.send(port)
process.on('disconnect', () => process.exit())
