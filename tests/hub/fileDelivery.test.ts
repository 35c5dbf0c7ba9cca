// Fetching files as a partner does: a real SSH client with its key, and signed requests over HTTP.

import { createHash, type KeyObject } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import ssh2, {
  type Client,
  type ClientChannel,
  type ConnectConfig,
  type FileEntryWithStats,
  type SFTPWrapper,
} from 'ssh2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileRoutes } from '../../src/api/files.ts';
import { present } from '../../src/base/assert.ts';
import { closeAndNet } from '../../src/settlement/commands.ts';
import {
  makeKeyPair,
  openHostKey,
  readSftpKey,
  removeSftpKey,
  writeSftpKey,
} from '../../src/sftp/keyStore.ts';
import { type SftpServer, startSftp } from '../../src/sftp/server.ts';
import { openResponse, sealRequest } from '../../src/wire/envelope.ts';
import { formatTime } from '../../src/wire/time.ts';
import { closingWorld, instant, skipTo } from './closing.ts';
import { type Filing, startFiling } from './filing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
let filing: Filing;
let sftp: SftpServer;
let http: FastifyInstance;
const failures: string[] = [];
const clients: Client[] = [];
const pairOf = makeKeyPair;
const [malaysia, chengdu] = [pairOf(), pairOf()];

beforeEach(async () => {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
  });
  filing = await startFiling(rig);
  await paid(rig, 'P1', yuan(10_000));
  skipTo(rig, '2026-11-24 00:30');
  await closeAndNet(closingWorld(rig), { by: 'Wang' });
  await filing.make();
  const { database } = rig.fresh;
  for (const [id, pair] of [
    ['TNG', malaysia],
    ['CHENGDU', chengdu],
  ] as const) {
    await writeSftpKey(database, present(readSftpKey(id, pair.public), 'a key'), 0);
  }
  sftp = await startSftp({
    database,
    delivery: filing.delivery,
    hostKey: openHostKey(filing.world.directory),
    host: '127.0.0.1',
    port: 0,
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
  });
  http = Fastify();
  fileRoutes(http, present(rig.hubs[0], 'a hub'), filing.delivery, true);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await sftp.stop();
  await http.close();
  await rig.close();
  await filing.remove();
  expect(failures.splice(0)).toEqual([]);
});

function connect(more: ConnectConfig): Promise<Client> {
  const client = new ssh2.Client();
  clients.push(client);
  return new Promise((resolve, reject) => {
    client.once('ready', () => resolve(client));
    client.once('error', reject);
    client.connect({ host: '127.0.0.1', port: sftp.port, ...more });
  });
}

/** A callback's way into a promise. */
function told<T>(work: (done: (error: Error | null | undefined, value: T) => void) => void) {
  return new Promise<T>((resolve, reject) => {
    work((error, value) => (error ? reject(error) : resolve(value)));
  });
}

const login = async (username: string, privateKey: string): Promise<SFTPWrapper> => {
  const client = await connect({ username, privateKey });
  return told<SFTPWrapper>((done) => client.sftp(done));
};

const list = async (session: SFTPWrapper, path: string): Promise<string[]> => {
  const found = await told<FileEntryWithStats[]>((done) => session.readdir(path, done));
  return found.map(({ filename }) => filename).sort();
};

const clearing = '/sandbox/settlements/clearing';

test('a partner lists its folder and fetches its files, and that is written down', async () => {
  const session = await login('TNG', malaysia.private);
  expect(await list(session, '/')).toEqual(['sandbox']);
  expect(await list(session, clearing)).toEqual(['TNG']);
  const [date = ''] = await list(session, `${clearing}/TNG`);
  expect(date).toBe('20261124');
  const names = await list(session, `${clearing}/TNG/${date}`);
  expect(names.map((name) => name.split('_')[0])).toEqual([
    'camt053',
    'feeItems',
    'summary',
    'transactionItems',
  ]);
  const files = await filing.list();
  for (const name of names) {
    const content = await told<Buffer>((done) =>
      session.readFile(`${clearing}/TNG/${date}/${name}`, done),
    );
    const file = present(
      files.find((each) => each.name === name),
      name,
    );
    expect(createHash('sha256').update(content).digest('hex')).toBe(file.digest);
    expect(content.length).toBe(file.sizeBytes);
  }
  const fetched = (await filing.list()).filter(({ fetchedBy }) => fetchedBy === 'sftp');
  expect(fetched.map(({ name, fetchCount }) => [name, fetchCount]).sort()).toEqual(
    names.map((name) => [name, 1]),
  );
});

test('a client that has nothing more to ask is let go', async () => {
  const client = await connect({ username: 'TNG', privateKey: malaysia.private });
  const stream = await told<ClientChannel>((done) => client.subsys('sftp', done));
  // What `sftp` does at `bye`: it says that nothing more comes, and waits for the other side.
  await new Promise((resolve) => stream.once('close', resolve).resume().end());
});

test("another's folder, other paths and every change are refused", async () => {
  const session = await login('TNG', malaysia.private);
  const others = (await filing.list()).filter(({ participantId }) => participantId === 'CHENGDU');
  const name = present(others[0], 'a file').name;
  for (const path of [`${clearing}/CHENGDU`, `${clearing}/TNG/../CHENGDU`, '/../../etc', '/etc']) {
    await expect(list(session, path), path).rejects.toThrow(/No such file/i);
  }
  for (const path of [
    `${clearing}/CHENGDU/20261124/${name}`,
    `${clearing}/TNG/20261124/${name}`,
    `${clearing}/TNG/20261124/../../CHENGDU/20261124/${name}`,
    '../../../../../../../../etc/passwd',
    '/etc/passwd\0',
    `20261124/${name}`,
  ]) {
    const read = told<Buffer>((done) => session.readFile(path, done));
    await expect(read, path).rejects.toThrow(/No such file/i);
  }
  const own = `${clearing}/TNG/20261124/${
    present(
      (await filing.list()).find(({ participantId }) => participantId === 'TNG'),
      'one',
    ).name
  }`;
  const changes: [string, (done: (error?: Error | null) => void) => void][] = [
    ['write', (done) => session.writeFile(own, 'x', done)],
    ['new', (done) => session.writeFile(`${clearing}/TNG/x`, 'x', done)],
    ['remove', (done) => session.unlink(own, done)],
    ['rename', (done) => session.rename(own, `${own}.x`, done)],
    ['mkdir', (done) => session.mkdir('/x', done)],
    ['rmdir', (done) => session.rmdir(clearing, done)],
    ['mode', (done) => session.chmod(own, 0o777, done)],
    ['link', (done) => session.symlink('/etc/passwd', `${clearing}/TNG/x`, done)],
  ];
  for (const [what, change] of changes) {
    await expect(
      told<undefined>((done) => change((error) => done(error, undefined))),
      what,
    ).rejects.toThrow(/Permission denied/i);
  }
  expect(await list(session, `${clearing}/TNG/20261124`)).toHaveLength(4);
});

test('nobody gets in without a key of the name, and nobody gets a shell or a way on', async () => {
  for (const attempt of [
    { username: 'TNG', password: 'secret' },
    { username: 'TNG', privateKey: chengdu.private },
    { username: 'TNG', privateKey: pairOf().private },
    { username: 'NOBODY', privateKey: malaysia.private },
    { username: '', privateKey: malaysia.private },
  ]) {
    await expect(connect(attempt)).rejects.toThrow(/authentication methods failed/);
  }
  const client = await connect({ username: 'TNG', privateKey: malaysia.private });
  await expect(told((done) => client.exec('id', done))).rejects.toThrow(/exec/i);
  await expect(told((done) => client.shell(done))).rejects.toThrow(/pseudo-terminal/i);
  await expect(told((done) => client.shell(false, done))).rejects.toThrow(/shell/i);
  await expect(
    told((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', sftp.port, done)),
  ).rejects.toThrow(/Channel open failure/i);
  const { database } = rig.fresh;
  await database.query("update participants set enabled = false where participant_id = 'TNG'");
  const again = connect({ username: 'TNG', privateKey: malaysia.private });
  await expect(again).rejects.toThrow(/authentication methods failed/);
  const key = present(readSftpKey('CHENGDU', chengdu.public), 'a key');
  expect(await removeSftpKey(database, 'CHENGDU', key.fingerprint)).toBe(true);
  const removed = connect({ username: 'CHENGDU', privateKey: chengdu.private });
  await expect(removed).rejects.toThrow(/authentication methods failed/);
});

test('the host key is made once, and weak or private keys are not let in', () => {
  const again = openHostKey(filing.world.directory);
  expect(again).toEqual(openHostKey(filing.world.directory));
  expect(again.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  expect(readSftpKey('TNG', malaysia.private)).toBeUndefined();
  expect(readSftpKey('TNG', 'ssh-ed25519 AAAA')).toBeUndefined();
  const weak = ssh2.utils.generateKeyPairSync('rsa', { bits: 1024 }).public;
  expect(readSftpKey('TNG', weak)).toBeUndefined();
  const strong = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).public;
  expect(readSftpKey('TNG', strong)?.fingerprint).toMatch(/^SHA256:/);
});

/** A signed GET of a participant, with the key of another where that is tried. */
async function get(participantId: string, url: string, signer = participantId) {
  const headers = await sealRequest({
    method: 'GET',
    uri: url,
    clientId: participantId,
    time: formatTime(rig.clock.now()),
    body: '',
    algorithm: 'ES256',
    key: present(rig.keys.get(signer), 'a key') as KeyObject,
    keyVersion: '1',
  });
  return http.inject({ method: 'GET', url, headers });
}

test('over HTTP a signed request gives the list, signed, and each file of it', async () => {
  const answer = await get('CHENGDU', '/files');
  expect(answer.statusCode).toBe(200);
  const opened = openResponse({
    method: 'GET',
    uri: '/files',
    clientId: 'CHENGDU',
    headers: answer.headers as Record<string, string>,
    body: answer.body,
    keys: () => ({ algorithm: 'ES256', key: rig.hubKey('ES256') }),
    now: rig.clock.now(),
  });
  expect(opened).toMatchObject({ ok: true });
  const { files } = answer.json() as { files: { path: string; sha256: string; kind: string }[] };
  expect(files.map(({ kind }) => kind).sort()).toEqual([
    'camt053',
    'feeItems',
    'summary',
    'transactionItems',
  ]);
  for (const { path, sha256 } of files) {
    const got = await get('CHENGDU', `/files${path}`);
    expect(got.statusCode).toBe(200);
    expect(createHash('sha256').update(got.rawPayload).digest('hex')).toBe(sha256);
  }
  const noted = async () =>
    (await filing.list())
      .filter(({ fetchedBy }) => fetchedBy === 'http')
      .map(({ participantId, fetchCount }) => `${participantId} ${fetchCount}`);
  await expect.poll(noted).toEqual(Array.from({ length: 4 }, () => 'CHENGDU 1'));
});

test("over HTTP another's file is absent, and an outsider is refused", async () => {
  const { files } = (await get('CHENGDU', '/files')).json() as { files: { path: string }[] };
  const path = present(files[0], 'a file').path;
  expect((await get('TNG', `/files${path}`)).statusCode).toBe(404);
  for (const sly of [
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%00',
    '/%zz',
    '/sandbox/x',
  ]) {
    expect((await get('TNG', `/files${sly}`)).statusCode, sly).not.toBe(200);
  }
  expect((await http.inject({ url: `/files${path}` })).statusCode).toBe(401);
  expect((await get('CHENGDU', `/files${path}`, 'TNG')).statusCode).toBe(401);
  const folder = path.split('/').slice(0, -1).join('/');
  expect((await get('CHENGDU', `/files${folder}`)).json()).toEqual({ files });
  expect((await filing.list()).every(({ fetchCount }) => fetchCount === 0)).toBe(true);
});
