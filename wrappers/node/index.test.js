'use strict';

const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { mkdtemp, readFile, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { Checksheet } = require('./index.js');

const corpus = path.join(__dirname, '..', '..', 'corpus');
const PAGE = path.join(corpus, 'yoinoma', 'service-level.html');
const PDF = path.join(corpus, 'kazemachi', 'security-sheet.pdf');

test('a sheet, its name and its items', async () => {
  const checksheet = new Checksheet();
  const reading = await checksheet.read(await readFile(PDF), { name: 'a "quoted"\nname.pdf' });
  await checksheet.close();
  assert.match(reading.status, /^ok/);
  assert.strictEqual(reading.sheet.source.uri, 'a "quoted"\nname.pdf');
  assert.ok(reading.sheet.items.length > 10);
});

test('many at once get the answers to their own questions', async () => {
  const checksheet = new Checksheet({ jobs: 2 });
  const files = [await readFile(PAGE), Buffer.from('no sheet'), await readFile(PDF), Buffer.alloc(0)];
  const readings = await Promise.all([...files, ...files].map((bytes, i) => checksheet.read(bytes, { name: `n${i}` })));
  await checksheet.close();
  readings.forEach((reading, i) => reading.sheet && assert.strictEqual(reading.sheet.source.uri, `n${i}`));
  assert.deepStrictEqual(readings.map((reading) => Boolean(reading.sheet)), [true, false, true, false, true, false, true, false]);
  assert.strictEqual(readings[1].status, 'no-sheet');
  assert.strictEqual(readings[3].status, 'damaged');
});

test('limits', async () => {
  const checksheet = new Checksheet({ seconds: 0.01 });
  assert.strictEqual((await checksheet.read(await readFile(PDF))).status, 'limit-wall');
  await checksheet.close();
});

test('passwords, pages and limits of size', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'checksheet-'));
  t.after(() => rm(folder, { recursive: true }));
  const locked = path.join(folder, 'locked.pdf');
  try {
    execFileSync('qpdf', ['--encrypt', 'aikotoba-7', 'owner', '256', '--', PDF, locked]);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return t.skip('qpdf is not installed');
  }
  const bytes = await readFile(locked);
  const passwords = ['no', 'aikotoba-7'];
  const whole = new Checksheet(), some = new Checksheet({ pages: '1' }), few = new Checksheet({ maxPages: 1 });
  assert.strictEqual((await whole.read(bytes)).status, 'needs-password');
  const all = await whole.read(bytes, { passwords });
  const first = await some.read(bytes, { passwords });
  assert.ok(first.sheet.items.length < all.sheet.items.length);
  assert.strictEqual((await few.read(bytes, { passwords })).status, 'limit-pages');
  await Promise.all([whole, some, few].map((each) => each.close()));
});

test('a program that is not there, or dies, is an answer too', async () => {
  for (const program of ['/nonexistent/checksheet', '/bin/false']) {
    const checksheet = new Checksheet({ program });
    const readings = await Promise.all([checksheet.read('x'), checksheet.read('y')]);
    assert.deepStrictEqual(readings.map((reading) => reading.status), ['io-error', 'io-error']);
    await checksheet.close();
  }
});

test('closed', async () => {
  const checksheet = new Checksheet();
  await checksheet.close();
  await assert.rejects(checksheet.read('x'), /closed/);
});
