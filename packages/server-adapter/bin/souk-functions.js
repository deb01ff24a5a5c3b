#!/usr/bin/env node
// A file of its own, so that npm can link the command before the package has been built.
import '../dist/functions-worker.js'
