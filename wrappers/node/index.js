// index.js - the check sheet in a document: the program `checksheet convert --filter`, kept running, one line each way.
//
//     read(bytes) ──► {"name", "charset", "passwords", "base64"} ──► checksheet convert --filter ──► a sheet, or why there is none
//
// Answers come in the order of the questions, so the oldest waiting promise gets the next line.
'use strict';

const { spawn } = require('node:child_process');

const GOOD = /^checksheet\/\d+$/;
const FAILURE = /^checksheet-failure\/\d+$/;

function argumentsOf(options) {
  const list = ['convert', '--filter'];
  const add = (name, value) => value !== undefined && list.push(`--${name}`, String(value));
  add('jobs', options.jobs);
  add('timeout', options.seconds);
  add('cpu', options.cpuSeconds);
  add('memory', options.memory);
  add('max-input', options.maxInput);
  add('max-unpacked', options.maxUnpacked);
  add('max-result', options.maxSheet);
  add('max-pages', options.maxPages);
  add('pages', options.pages);
  add('patterns', options.patterns);
  add('catalogue', options.catalogue);
  if (options.sandbox === false) list.push('--no-sandbox');
  return list;
}

// Whether something in the sheet is doubtful, and the first of what is said of it.
function judged(sheet) {
  const doubts = [...(sheet.checks || []), ...(sheet.notes || [])].filter((note) => note.severity !== 'info');
  return { status: doubts.length ? 'ok-with-warnings' : 'ok', message: doubts.length ? doubts[0].text : null, sheet };
}

function readingOf(line) {
  let answer = null;
  try {
    answer = JSON.parse(line);
  } catch { /* said below */ }
  if (answer && GOOD.test(answer.format)) return judged(answer);
  if (answer && FAILURE.test(answer.format)) return { status: answer.status, message: answer.reason, sheet: null };
  return { status: 'io-error', message: 'the program gave an answer that cannot be understood', sheet: null };
}

class Checksheet {
  #options;
  #process = null;
  #waiting = []; // {resolve, process} in the order of the questions
  #closed = false;

  constructor(options = {}) {
    this.#options = { program: process.env.CHECKSHEET || 'checksheet', ...options };
  }

  // Reads BYTES (Buffer, Uint8Array or string); resolves to {status, message, sheet} and never rejects for what is in them.
  read(bytes, { name = '-', charset, passwords } = {}) {
    if (this.#closed) return Promise.reject(new Error('closed'));
    const line = JSON.stringify({ name, charset, passwords, base64: Buffer.from(bytes).toString('base64') });
    const child = this.#process || this.#start();
    return new Promise((resolve) => {
      this.#waiting.push({ resolve, child });
      child.stdin.write(`${line}\n`);
    });
  }

  // Lets the program end once all that was asked is answered.
  async close() {
    this.#closed = true;
    const child = this.#process;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    await ended;
  }

  #start() {
    const child = spawn(this.#options.program, argumentsOf(this.#options), { stdio: ['pipe', 'pipe', 'pipe'] });
    let parts = [];
    let noise = '';
    this.#process = child;
    child.stdin.on('error', () => {}); // told by `close`
    child.stderr.on('data', (data) => { noise = (noise + data).slice(-2000); });
    child.stdout.on('data', (data) => {
      let from = 0;
      for (let end; (end = data.indexOf(10, from)) >= 0; from = end + 1) {
        parts.push(data.subarray(from, end));
        this.#waiting.shift()?.resolve(readingOf(Buffer.concat(parts).toString('utf8')));
        parts = [];
      }
      if (from < data.length) parts.push(data.subarray(from));
    });
    child.on('error', (error) => this.#fail(child, `cannot start ${this.#options.program}: ${error.message}`));
    child.on('close', () => this.#fail(child, `the program ended without an answer${noise ? `: ${noise.trim()}` : ''}`));
    return child;
  }

  // What CHILD was asked and has not answered is an error; the next question starts another one.
  #fail(child, message) {
    if (this.#process === child) this.#process = null;
    const lost = this.#waiting.filter((entry) => entry.child === child);
    this.#waiting = this.#waiting.filter((entry) => entry.child !== child);
    for (const entry of lost) entry.resolve({ status: 'io-error', message, sheet: null });
  }
}

module.exports = { Checksheet };
