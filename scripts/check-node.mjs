// Plain syntax on purpose: this file must run, and say its sentence, on the Node that is too old.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Souk needs Node 20.19 or newer, and this is Node ${process.versions.node}. Install a newer Node, then run the command again.`,
  )
  process.exit(1)
}
