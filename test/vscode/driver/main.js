// The inner end of test/vscode/driver.ts: evaluates functions that arrive on a socket, with `vscode` in their hands.
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const vscode = require('vscode');

async function answer(line) {
  const { id, source, argument } = JSON.parse(line);
  try {
    const result = await (0, eval)(`(${source})`)(vscode, argument);
    return JSON.stringify({ id, result: result ?? null });
  } catch (error) {
    return JSON.stringify({ id, error: String(error?.stack ?? error) });
  }
}

exports.activate = (context) => {
  const directory = process.env.PICTOR_DRIVER_DIRECTORY;
  if (!directory) return;
  const server = net.createServer((socket) => {
    let pending = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const lines = (pending + chunk).split('\n');
      pending = lines.pop();
      for (const line of lines) void answer(line).then((text) => socket.write(`${text}\n`));
    });
  });
  const socketPath = path.join(directory, `driver-${process.pid}.sock`);
  server.listen(socketPath, () => {
    const temporary = path.join(directory, 'driver.tmp');
    fs.writeFileSync(temporary, JSON.stringify({ pid: process.pid, socketPath }));
    fs.renameSync(temporary, path.join(directory, 'driver.json'));
  });
  // What any view of this VS Code costs, to compare with.
  const empty = {
    resolveWebviewView: (view) =>
      (view.webview.html = '<!DOCTYPE html><html><head><title>Empty</title></head><body>Empty</body></html>'),
  };
  for (const id of ['driver.empty', 'driver.emptyAside'])
    context.subscriptions.push(vscode.window.registerWebviewViewProvider(id, empty));
  context.subscriptions.push({ dispose: () => server.close() });
};
