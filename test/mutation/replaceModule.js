// Preloaded into the process that judges a mutant, and into those that it starts: `PICTOR_MUTANT` is `FILE=OTHER`, and
// OTHER is loaded instead of FILE.
const Module = require('node:module');

const [file, other] = (process.env.PICTOR_MUTANT ?? '').split('=');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (...args) {
  const found = resolve.apply(this, args);
  return found === file ? other : found;
};
