import assert from 'node:assert/strict';
import type { DialectName } from '../emulator/dialects';
import { startEmulator, type Emulator } from '../emulator/emulator';
import type { Fault, LoggedRequest, TaskPlan } from '../emulator/state';
import {
  giveKey,
  openDocument,
  putInOrderAfterEach,
  releaseSession,
  screenshot,
  takeSession,
  type Session,
} from './session';

const ASKED = 'A red kite over the dunes.';

type Connection = Exclude<DialectName, 'open'>;

/** What the command answers. */
interface Delivered {
  readonly mediaType: string;
  readonly size?: string;
  readonly inserted: boolean;
}

interface Case {
  readonly what: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly plan?: TaskPlan;
  readonly fault?: Fault;
  /** What comes of it: images, or the words of the notification. */
  readonly media?: string;
  readonly count?: number;
  readonly says?: RegExp;
  /** What the service was asked. */
  readonly seen?: (requests: readonly LoggedRequest[]) => void;
  /** What stands in the document. */
  readonly link?: RegExp;
}

const bodyOf = (requests: readonly LoggedRequest[]): Record<string, unknown> =>
  requests[0]?.body as Record<string, unknown>;
const refusal = (status: number, body: object): Fault => ({
  on: 'api',
  kind: 'status',
  status,
  body: JSON.stringify(body),
});

const CASES: Readonly<Record<Connection, readonly Case[]>> = {
  openai: [
    {
      what: 'a synchronous answer',
      settings: { size: '1536x864', quality: 'low' },
      media: 'image/png',
      seen: (requests) =>
        assert.deepEqual(bodyOf(requests), {
          model: 'gpt-image-2.6-flare',
          prompt: ASKED,
          size: '1536x864',
          quality: 'low',
        }),
    },
    {
      what: 'a stream',
      settings: { model: 'gpt-image-2.5-flare', partialImages: 2, n: 2, outputFormat: 'webp' },
      media: 'image/webp',
      count: 2,
      seen: (requests) => assert.deepEqual([bodyOf(requests).stream, bodyOf(requests).partial_images], [true, 2]),
    },
    {
      what: 'a refused prompt',
      settings: {},
      fault: refusal(400, { error: { code: 'moderation_blocked', message: 'Rejected by the safety system.' } }),
      says: /OpenAI will not draw this \(moderation_blocked\): Rejected by the safety system\. Change the prompt\./,
    },
    {
      what: 'an organization that is not verified',
      settings: {},
      fault: refusal(403, { error: { message: 'Your organization must be verified.' } }),
      says: /wants your organization to be verified/,
    },
    {
      what: 'the organization and project that pay',
      settings: { openaiOrganization: 'org-1', openaiProject: 'proj-2' },
      media: 'image/png',
      seen: ([request]) =>
        assert.deepEqual(
          [request?.headers['openai-organization'], request?.headers['openai-project']],
          ['org-1', 'proj-2'],
        ),
    },
  ],
  tokenlab: [
    {
      what: 'addresses, for the model that it recommends',
      settings: {},
      media: 'image/png',
      seen: (requests) =>
        assert.deepEqual(bodyOf(requests), { model: 'gpt-image-2', prompt: ASKED, quality: 'medium' }),
    },
    {
      what: 'a task for an image that takes minutes, at the address that it names',
      settings: { size: '2048x1152' },
      plan: { polls: 2 },
      media: 'image/png',
      seen: (requests) =>
        assert.ok(
          bodyOf(requests).async === true && requests.some(({ path: url }) => url.includes('/v1/tasks/ldtask_')),
        ),
    },
    {
      what: 'a refusal with its hints',
      settings: {},
      fault: refusal(400, {
        error: {
          message: 'The size is not available.',
          type: 'invalid_request_error',
          param: 'size',
          allowed_resolutions: ['1k', '2k'],
        },
      }),
      says: /does not take a value of the request \(pictor\.size\).*: The size is not available\. It takes 1k, 2k\./,
    },
  ],
  lemondata: [
    { what: 'a synchronous answer with addresses', settings: { style: 'vivid' }, media: 'image/png' },
    {
      what: 'a task at the address that it names',
      settings: { model: 'midjourney' },
      plan: { polls: 2 },
      media: 'image/png',
      seen: (requests) => assert.ok(requests.some(({ path: url }) => url.includes('/v1/tasks/'))),
    },
    {
      what: 'a task that fails',
      settings: { model: 'flux-pro' },
      plan: { polls: 1, failure: 'no capacity' },
      says: /LemonData could not draw the picture: no capacity\./,
    },
    {
      what: 'an empty purse',
      settings: {},
      fault: refusal(402, {
        error: { code: 'insufficient_balance', message: 'Too low.', balance_usd: 0.01, estimated_cost_usd: 0.08 },
      }),
      says: /no credit left .* There, you have \$0\.0100, and this costs \$0\.0800\./,
    },
  ],
  cometapi: [
    {
      what: 'a synchronous answer, whose file is not what it is called',
      settings: { model: 'dall-e-3' },
      media: 'image/webp',
    },
    {
      what: 'a revised prompt, which becomes the alternative text',
      settings: { model: 'dall-e-3', altText: 'revisedPrompt', responseFormat: 'b64_json' },
      media: 'image/png',
      link: /!\[A red kite over the dunes\. In soft light\.\]/,
    },
    { what: 'base64', settings: { model: 'qwen-image', responseFormat: 'b64_json' }, media: 'image/png' },
    {
      what: 'a stream',
      settings: { model: 'gpt-image-1.5', partialImages: 0, outputFormat: 'jpeg' },
      media: 'image/jpeg',
      seen: (requests) => assert.deepEqual([bodyOf(requests).stream, bodyOf(requests).partial_images], [true, 0]),
    },
    {
      what: 'a gateway that is down',
      settings: {},
      fault: { on: 'api', kind: 'status', status: 502, body: '<html><title>502 Bad Gateway</title></html>' },
      says: /CometAPI failed \(502\): a web page, “502 Bad Gateway”\. The picture may have been made and billed/,
    },
  ],
  acedata: [
    { what: 'a synchronous answer', settings: { quality: 'low' }, media: 'image/png' },
    {
      what: 'a task',
      settings: { aceTaskMode: 'always', model: 'nano-banana' },
      plan: { polls: 2 },
      media: 'image/png',
      seen: (requests) =>
        assert.ok(bodyOf(requests).async === true && requests.some(({ path: url }) => url.endsWith('/openai/tasks'))),
    },
    {
      what: 'a stream',
      settings: { model: 'gpt-image-2', partialImages: 1 },
      media: 'image/png',
      seen: (requests) => assert.equal(bodyOf(requests).stream, true),
    },
    {
      what: 'a key of another service',
      settings: {},
      fault: refusal(400, {
        success: false,
        error: { code: 'token_mismatched', message: 'Token mismatched.' },
        trace_id: 't',
      }),
      says: /says that the API key belongs to another of its services \(token_mismatched\)/,
    },
  ],
};

describe('each service, in its own dialect', () => {
  let session: Session;
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
    session = await takeSession({ files: { 'README.md': '' } });
    for (const name of Object.keys(CASES) as Connection[]) await giveKey(session, emulator, name);
    assert.deepEqual(emulator.state.requests, [], 'a key alone asks for nothing');
    await session.driver.restoreSettings();
  });
  after(async () => {
    await releaseSession(session);
    await emulator.close();
  });
  beforeEach(() => emulator.state.reset());
  putInOrderAfterEach(() => session);

  for (const [name, cases] of Object.entries(CASES) as [Connection, readonly Case[]][]) {
    for (const { what, settings, plan, fault, media, count = 1, says, seen, link } of cases) {
      it(`${name}: ${what}`, async () => {
        const { driver, workbench } = session;
        for (const [key, value] of Object.entries({ provider: name, baseUrl: emulator.baseUrl(name), ...settings }))
          await driver.configure(`pictor.${key}`, value);
        if (plan) emulator.state.plan = plan;
        if (fault) emulator.state.faults.push(fault);
        await openDocument(session, 'README.md', `${ASKED}\n`);
        await workbench.select(ASKED);
        const delivered = (await driver.execute('pictor.generateFromSelection')) as Delivered[];
        if (says) {
          await (await workbench.listed(says)).waitFor();
          await screenshot(session, `error-${name}-${what.replace(/\W+/g, '-')}`);
          assert.deepEqual(delivered, []);
          assert.equal(emulator.state.ledger.length, plan ? 1 : 0);
        } else {
          assert.deepEqual(
            delivered.map(({ mediaType, inserted }) => [mediaType, inserted]),
            Array.from({ length: count }, () => [media, true]),
          );
          assert.equal((await workbench.text()).split('![').length, count + 1);
          assert.equal(emulator.state.ledger.length, 1);
          if (link) assert.match(await workbench.text(), link);
        }
        seen?.(emulator.state.requests);
      });
    }
  }
});
