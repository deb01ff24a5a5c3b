/** What each example does around its framework: listen on `PORT`, say where, and end cleanly on Ctrl-C. */
export const run = async (server, close) => {
  const port = Number(process.env.PORT ?? 4502)
  server.listen(port, '127.0.0.1', () => console.log(`Ready: http://127.0.0.1:${server.address().port}`))
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      server.close(() => close().then(() => process.exit(0)))
      server.closeIdleConnections()
    })
}
