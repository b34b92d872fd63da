import assert from 'node:assert/strict';
import { PictorError } from '../../src/core/errors';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { renderImage } from '../emulator/render';
import { drawFrom, failure, stagedFiles, type Drawn } from './drawing';
import { Reply, startGateway, type Handler } from './gateway';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a gateway with tasks that nobody foresaw, over real sockets', () => {
  let emulator: Emulator;
  let image: Buffer;
  let asked: string[];
  before(async () => {
    emulator = await startEmulator();
    image = await renderImage({ prompt: 'x', index: 0, width: 64, height: 64, format: 'png' });
  });
  after(() => emulator.close());
  beforeEach(() => (asked = []));

  async function drawAt(handle: Handler, fields = {}): Promise<Drawn> {
    const gateway = await startGateway((request, body) => {
      asked.push(`${request.method} ${request.url}`);
      return handle(request, body);
    });
    try {
      return await drawFrom({ ...emulator, baseUrl: () => `${gateway.origin}/v1` }, 'custom', { model: 'x', fields });
    } finally {
      gateway.close();
    }
  }

  const done = (): object => ({ status: 'Ready', result: { sample: image.toString('base64') } });
  /** Answers a submit, and then each question in its turn; the last answer stays. */
  const inTurn = (submit: object, ...polls: readonly object[]): Handler => {
    let turn = 0;
    return ({ method }) => (method === 'POST' ? submit : polls[Math.min(turn++, polls.length - 1)]);
  };

  for (const [submit, path] of [
    [{ task_id: 42 }, '/v1/images/generations/42'],
    [{ code: 200, data: [{ status: 'submitted', task_id: 'a' }] }, '/v1/images/generations/a'],
    [{ id: 'b', status: 'IN_QUEUE', status_url: '/queue/b/status', response_url: '/queue/b' }, '/queue/b/status'],
    [{ id: 'c', status: 'starting', output: null, urls: { get: '/v1/predictions/c' } }, '/v1/predictions/c'],
    [{ task_id: 'd', task_status: 'SUCCEED' }, '/v1/images/generations/d'],
    [new Reply(202, { ...JSON_TYPE, location: '/v1/operations/e?v=1' }, '{}'), '/v1/operations/e?v=1'],
    [new Reply(202, { 'operation-location': '/v1/operations/f' }), '/v1/operations/f'],
    [new Reply(200, JSON_TYPE, '{"task_id": 1234567890123456789}'), '/v1/images/generations/1234567890123456789'],
  ] as const) {
    it(`is asked at ${path}`, async () => {
      const { kept } = await drawAt(inTurn(submit, { status: 'in_process' }, done()));
      assert.equal(kept[0]?.size, '64x64');
      assert.deepEqual(asked, ['POST /v1/images/generations', `GET ${path}`, `GET ${path}`]);
    });
  }

  it('is not asked at an address elsewhere, where the key would go too', async () => {
    const { kept } = await drawAt(inTurn({ task_id: 'g', status_url: 'https://elsewhere.invalid/g' }, done()));
    assert.equal(kept.length, 1);
    assert.equal(asked[1], 'GET /v1/images/generations/g');
  });

  it('that does not know the task is believed when it says so again and again', async () => {
    const unknown = new Reply(404, JSON_TYPE, '{"error":{"message":"no such task"}}');
    const { kept } = await drawAt(inTurn({ task_id: 'h' }, unknown, unknown, { status: 'queued' }, done()));
    assert.equal(kept.length, 1);
    asked = [];
    const error = await failure(drawAt(inTurn({ task_id: 'h' }, unknown)));
    assert.match(error.message, /does not know this task \(404\)\. It may have been billed/);
    assert.deepEqual([error.kind, error.details.isTaskOver, asked.length], ['rejected', true, 1 + 4]);
  });

  it('that is done before its image is there is asked a little longer', async () => {
    const empty = { status: 'completed', data: [] };
    const { kept } = await drawAt(inTurn({ task_id: 'i' }, empty, empty, done()));
    assert.equal(kept.length, 1);
    const error = await failure(drawAt(inTurn({ task_id: 'i' }, empty)));
    assert.match(error.message, /ended without a picture/);
  });

  it('whose addresses have no host is asked for its images, and shows where they are when they cannot be had', async () => {
    const { kept } = await drawAt(({ method, url }) => {
      if (method === 'POST') return { data: [{ url: '/img/a.png' }] };
      return url === '/img/a.png' ? new Reply(200, {}, image) : undefined;
    });
    assert.equal(kept[0]?.size, '64x64');
    const error = await failure(
      drawAt(({ method }) => (method === 'POST' ? { data: [{ url: 'img/b.png' }] } : undefined)),
    );
    assert.match(error.details.url ?? '', /^http:\/\/127\.0\.0\.1:\d+\/v1\/img\/b\.png$/);
  });

  it('that makes one of two images tells why there is no other one', async () => {
    const results = [
      { url: `data:image/png;base64,${image.toString('base64')}` },
      { code: 'DataInspectionFailed', message: 'Output data may contain inappropriate content.' },
    ];
    const { kept, failures, missing } = await drawAt(
      inTurn({ output: { task_id: 'j', task_status: 'PENDING' } }, { output: { task_status: 'SUCCEEDED', results } }),
      { n: 2 },
    );
    assert.deepEqual([kept.length, missing], [1, 0]);
    assert.ok(failures[0] instanceof PictorError && failures[0].kind === 'moderated');
    assert.match(failures[0].message, /inappropriate content\. Change the prompt\./);
    assert.deepEqual(stagedFiles(), []);
  });

  it('that says with status 200 that there is nothing tells why, and no word of a bill where nothing was made', async () => {
    for (const [body, kind] of [
      [{ code: 500, msg: 'insufficient balance', data: null }, 'noCredit'],
      [{ code: 401, msg: 'Unauthorized' }, 'unauthorized'],
      [{ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'noCredit'],
      [{ code: 'Arrearage', message: 'Access denied, please make sure your account is in good standing.' }, 'noCredit'],
      [{ success: false, message: 'no' }, 'rejected'],
      [{ errors: { Size: ['The size is not one of ours.'] } }, 'rejected'],
      [{ error: { code: 'OutputImageSensitiveContentDetected', message: 'policy' } }, 'moderated'],
    ] as const) {
      const error = await failure(drawAt(() => body));
      assert.equal(error.kind, kind, `${JSON.stringify(body)}: ${error.message}`);
      assert.doesNotMatch(error.message, /may have been (?:made and )?billed/);
    }
  });
});
