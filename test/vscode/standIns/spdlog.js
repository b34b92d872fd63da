// Writes VS Code's logs and output channels to their files, line by line. `exports.x = …` is the form that import()
// understands.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  constructor(kind, name, file) {
    this.file = kind === 'stdout_async' ? undefined : file;
    this.level = 2;
    this.raw = false;
    if (this.file) fs.mkdirSync(path.dirname(this.file), { recursive: true });
    this.append('');
  }

  append(text) {
    if (!this.file) return;
    try {
      fs.appendFileSync(this.file, text);
    } catch {
      // The folder of a finished test run is gone: nobody reads this log any more.
    }
  }

  write(level, message) {
    if (level < this.level) return;
    this.append(this.raw ? message : `${new Date().toISOString()} [${LEVELS[level]}] ${message}\n`);
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.raw = false;
  }
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    this.level = LEVELS.length;
  }
}

const create = (kind) => async (name, file) => new Logger(kind, name, file);

exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create('rotating');
exports.createAsyncRotatingLogger = create('rotating_async');
