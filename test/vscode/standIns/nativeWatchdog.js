// Ends this process when its parent is gone. A worker does it, so that a busy main thread cannot stop it.
const { Worker } = require('node:worker_threads');

const WATCH = (pid) => `
setInterval(() => {
  try { process.kill(${pid}, 0); } catch { process.kill(process.pid, 'SIGKILL'); }
}, 500);`;

exports.start = (pid) => {
  new Worker(WATCH(Number(pid)), { eval: true, execArgv: [], env: {} }).unref();
};
exports.exit = (code) => process.exit(code ?? 0);
