import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProviderId } from '../../../src/core/catalog/providers';
import { providerOf } from '../../../src/core/catalog/providers';
import type { ErrorKind } from '../../../src/core/errors';
import {
  errorFromAnswer,
  errorFromTask,
  isOutOfCredit,
  isTaskGone,
} from '../../../src/core/providers/errors/errorFromAnswer';
import { isErrorBody, pageTitle, readErrorFacts } from '../../../src/core/answers/errorFacts';
import { ERROR_ROWS, type ErrorRow } from '../../../src/core/providers/errors/errorRows';
import type { JobAction } from '../../../src/core/jobs/action';
import { jobView } from '../../../src/core/jobs/jobView';
import { record } from '../jobs/records';
import { ROOT } from '../../runner/paths';

/** An error as a service sends it, and what a person is told. */
interface Case {
  readonly from?: ProviderId;
  readonly status: number;
  readonly body: unknown;
  readonly kind: ErrorKind;
  readonly says: RegExp;
  readonly buttons: readonly JobAction[];
}

const open = (code: string, message: string, param?: string): object => ({
  error: { message, type: 'invalid_request_error', param: param ?? null, code },
});
const ace = (code: string, message: string): object => ({ success: false, error: { code, message }, trace_id: 't' });

/** One for each row of the table, in its order; those for the rows without one come last. */
const CASES: readonly Case[] = [
  {
    from: 'lemondata',
    status: 401,
    body: open('expired_api_key', 'Key expired'),
    kind: 'unauthorized',
    says: /^LemonData says that the API key has expired \(expired_api_key\): Key expired\. Make a new one there\.$/,
    buttons: ['setApiKey'],
  },
  {
    from: 'acedata',
    status: 400,
    body: ace('token_mismatched', 'Token mismatched'),
    kind: 'unauthorized',
    says: /belongs to another of its services/,
    buttons: ['setApiKey'],
  },
  {
    from: 'acedata',
    status: 401,
    body: ace('invalid_token', 'The token is invalid'),
    kind: 'unauthorized',
    says: /^Ace Data Cloud does not accept the API key \(invalid_token\): The token is invalid\.$/,
    buttons: ['setApiKey'],
  },
  {
    status: 429,
    body: open('insufficient_quota', 'You exceeded your quota'),
    kind: 'noCredit',
    says: /no credit left \(insufficient_quota\)/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    from: 'lemondata',
    status: 402,
    body: { error: { message: 'Too low', balance_usd: 0.0123, estimated_cost_usd: 0.25 } },
    kind: 'noCredit',
    says: /There, you have \$0\.0123, and this costs \$0\.25\. Add some/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    status: 400,
    body: open('moderation_blocked', 'Rejected'),
    kind: 'moderated',
    says: /will not draw this .* Change the prompt\.$/,
    buttons: [],
  },
  {
    status: 400,
    body: open('invalid_request', 'Your request was rejected by the safety system.'),
    kind: 'moderated',
    says: /will not draw this/,
    buttons: [],
  },
  {
    status: 403,
    body: open('', 'Your organization must be verified to use the model `gpt-image-1`.'),
    kind: 'forbidden',
    says: /wants your organization to be verified .* Verify it in its settings there/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    from: 'lemondata',
    status: 404,
    body: {
      error: {
        code: 'model_not_found',
        message: 'No such model',
        did_you_mean: 'dall-e-3',
        suggestions: [{ id: 'dall-e-3' }, { id: 'flux-pro' }],
      },
    },
    kind: 'unknownModel',
    says: /It suggests dall-e-3, flux-pro\.$/,
    buttons: ['useModel', 'chooseModel'],
  },
  {
    status: 404,
    body: { error: 'The model `x` does not exist' },
    kind: 'unknownModel',
    says: /does not have this model for you \(404\)/,
    buttons: ['chooseModel'],
  },
  {
    from: 'lemondata',
    status: 404,
    body: open('async_task_not_found', 'gone'),
    kind: 'rejected',
    says: /does not have this task any more/,
    buttons: ['chooseModel'],
  },
  {
    from: 'acedata',
    status: 400,
    body: ace('api_not_implemented', 'Not implemented'),
    kind: 'rejected',
    says: /does not offer this/,
    buttons: ['chooseModel'],
  },
  {
    from: 'lemondata',
    status: 400,
    body: open('payload_too_large', 'big'),
    kind: 'rejected',
    says: /too large .* Shorten the prompt/,
    buttons: ['chooseModel'],
  },
  {
    status: 413,
    body: '<html><title>413 Request Entity Too Large</title>',
    kind: 'rejected',
    says: /too large \(413\): a web page, “413 Request Entity Too Large”\. Shorten/,
    buttons: ['chooseModel'],
  },
  {
    status: 400,
    body: open('invalid_value', "Invalid value: '7x7'. Supported values are: '1024x1024' and 'auto'.", 'size'),
    kind: 'valueRefused',
    says: /does not take a value of the request \(pictor\.size\) \(invalid_value\): .*Supported values are/,
    buttons: ['openSetting', 'chooseModel'],
  },
  {
    status: 422,
    body: { error: { message: 'bad', param: 'n' } },
    kind: 'valueRefused',
    says: /\(pictor\.n\)/,
    buttons: ['openSetting', 'chooseModel'],
  },
  {
    from: 'lemondata',
    status: 400,
    body: open('invalid_value', 'Bad size.'),
    kind: 'valueRefused',
    says: /does not take a value of the request \(invalid_value\): Bad size\.$/,
    buttons: ['chooseModel'],
  },
  {
    from: 'openai',
    status: 400,
    body: open('model_not_found', 'No such model', 'model'),
    kind: 'unknownModel',
    says: /does not have this model for you/,
    buttons: ['chooseModel'],
  },
  {
    status: 403,
    body: {},
    kind: 'forbidden',
    says: /does not allow this request \(403\)\.$/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    status: 401,
    body: {},
    kind: 'unauthorized',
    says: /does not accept the API key \(401\)\.$/,
    buttons: ['setApiKey'],
  },
  {
    from: 'lemondata',
    status: 403,
    body: open('access_denied', 'No'),
    kind: 'forbidden',
    says: /does not allow this request \(access_denied\): No\.$/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    status: 404,
    body: '',
    kind: 'wrongAddress',
    says: /does not know this address \(404\)\. Check pictor\.baseUrl\.$/,
    buttons: ['openSetting'],
  },
  {
    status: 405,
    body: { detail: 'Method Not Allowed' },
    kind: 'wrongAddress',
    says: /Method Not Allowed\. Check pictor\.baseUrl\.$/,
    buttons: ['openSetting'],
  },
  {
    from: 'acedata',
    status: 400,
    body: ace('too_many_requests', 'Slow down'),
    kind: 'rateLimited',
    says: /asks to slow down .* Try again in a while/,
    buttons: ['retry'],
  },
  {
    status: 429,
    body: { message: 'Too many' },
    kind: 'rateLimited',
    says: /asks to slow down \(429\): Too many\./,
    buttons: ['retry'],
  },
  {
    from: 'lemondata',
    status: 502,
    body: open('upstream_error', 'x'),
    kind: 'unavailable',
    says: /could not reach who draws for it .* may have been made and billed/,
    buttons: ['retryBilled'],
  },
  {
    from: 'lemondata',
    status: 500,
    body: open('timeout_error', 'x'),
    kind: 'unavailable',
    says: /waited too long/,
    buttons: ['retryBilled'],
  },
  {
    status: 504,
    body: '<!doctype html><title>\n 504 Gateway\n Time-out </title>',
    kind: 'unavailable',
    says: /a web page, “504 Gateway Time-out”/,
    buttons: ['retryBilled'],
  },
  {
    from: 'acedata',
    status: 500,
    body: ace('api_error', 'Boom'),
    kind: 'unavailable',
    says: /^Ace Data Cloud failed \(api_error\): Boom\. The picture may have been made and billed all the same\.$/,
    buttons: ['retryBilled'],
  },
  {
    status: 400,
    body: open('something_new', 'Hm'),
    kind: 'rejected',
    says: /refused the request \(something_new\): Hm\.$/,
    buttons: ['chooseModel'],
  },
];

function rowOf({ from = 'openai', status, body }: Case): ErrorRow | undefined {
  const { message, details } = errorFromAnswer(providerOf(from), { status, body });
  return ERROR_ROWS.find(
    (row) =>
      (!row.namesField || details.setting !== undefined) &&
      message.startsWith(`${providerOf(from).label} ${row.sentence}`) &&
      (row.status === undefined || row.status === status) &&
      (!row.codes || row.codes.includes(readErrorFacts(body).code)),
  );
}

describe('the table of errors', () => {
  for (const one of CASES) {
    const { from = 'openai', status, body, kind, says, buttons } = one;
    it(`${from} ${status} ${JSON.stringify(body).slice(0, 70)} is ${kind}`, () => {
      const error = errorFromAnswer(providerOf(from), { status, body, requestId: 'req_1', text: '' });
      assert.equal(error.kind, kind);
      assert.match(error.message, says);
      assert.ok(error.message.length <= 300);
      assert.deepEqual([error.details.status, error.details.requestId], [status, 'req_1']);
      const failed = record('A kite', { state: 'failed' });
      assert.deepEqual(jobView(failed, { isOpen: false, error }).remedies, [...buttons, 'showLog']);
    });
  }

  it('has no row without a test of its own', () => {
    const tested = new Set(CASES.map(rowOf));
    assert.deepEqual(
      ERROR_ROWS.filter((row) => !tested.has(row)),
      [],
    );
  });

  it('knows every code of the services’ references', () => {
    const codes = [
      'invalid_api_key',
      'expired_api_key',
      'insufficient_quota',
      'quota_exceeded',
      'insufficient_balance',
      'model_not_allowed',
      'payload_too_large',
      'upstream_error',
      'all_channels_failed',
      'timeout_error',
      'content_policy_violation',
      'moderation_blocked',
      'billing_hard_limit_reached',
      'model_not_found',
      'token_mismatched',
      'api_not_implemented',
      'invalid_token',
      'too_many_requests',
      'rate_limit_exceeded',
      'async_task_not_found',
      'invalid_value',
      'access_denied',
      'server_error',
      'api_error',
    ];
    const known = new Set(ERROR_ROWS.flatMap((row) => row.codes ?? []));
    for (const code of codes) assert.ok(known.has(code), code);
  });

  it('tells where waiting does not help, and where a task is gone', () => {
    assert.ok(isOutOfCredit(open('quota_exceeded', '')) && !isOutOfCredit(open('rate_limit_exceeded', '')));
    assert.ok(isTaskGone(open('async_task_not_found', '')) && !isTaskGone({}));
  });
});

describe('an error body', () => {
  for (const [body, message, code] of [
    [{ error: 'plain words' }, 'plain words', ''],
    [{ message: 'top level', code: 7 }, 'top level', '7'],
    [{ detail: 'FastAPI' }, 'FastAPI', ''],
    [{ detail: [{ loc: ['body', 'n'], msg: 'too many' }] }, 'too many', ''],
    [{ error: { error: { message: 'deep', code: 'x' } }, message: 'outer' }, 'deep', 'x'],
    [{ errors: [{ message: 'first' }, { message: 'second' }] }, 'first', ''],
    [{ error: { message: 'why', hint: 'Try this.' } }, 'why Try this.', ''],
    [{ error: { message: ['two', 'lines'], type: 'server_error', code: null } }, 'two lines', 'server_error'],
    [{ error: { code: 5, message: 7 } }, '', '5'],
    ['just a text', 'just a text', ''],
    ['<html><body>x', 'a web page', ''],
    [[], '', ''],
    [null, '', ''],
    [{}, '', ''],
    ['', '', ''],
  ] as const) {
    it(`${JSON.stringify(body)} says “${message}”`, () => {
      const facts = readErrorFacts(body);
      assert.deepEqual([facts.message, facts.code], [message, code]);
    });
  }

  it('is read as deep as services nest it, and not for ever', () => {
    const nested = (depth: number): object =>
      Array.from({ length: depth }).reduce<object>((inner) => ({ error: inner }), { message: 'why' });
    assert.deepEqual(
      [8, 9, 5000].map((depth) => readErrorFacts(nested(depth)).message),
      ['why', '', ''],
    );
  });

  it('may come with status 200, and is told from an answer by its error', () => {
    assert.ok(isErrorBody({ success: false, error: { code: 'x', message: 'y' } }) && isErrorBody({ error: 'y' }));
    assert.ok(!isErrorBody({ error: null, data: [] }) && !isErrorBody('error') && !isErrorBody(undefined));
  });

  it('that names a field is about that, whatever its words', () => {
    const error = errorFromAnswer(providerOf('openai'), {
      status: 400,
      body: open('unknown_parameter', "Unknown parameter: 'moderation'.", 'moderation'),
    });
    assert.deepEqual([error.kind, error.details.setting], ['valueRefused', 'pictor.moderation']);
  });

  it('that is a web page does not speak for the service', () => {
    assert.doesNotMatch(
      errorFromAnswer(providerOf('openai'), { status: 403, body: '<html><title>Verification required</title>' })
        .message,
      /organization/,
    );
  });

  it('of a failed task is read like any other, and its status is not one', () => {
    const ask = (body: unknown): string =>
      `${errorFromTask(providerOf('lemondata'), body).kind}: ${errorFromTask(providerOf('lemondata'), body).message}`;
    assert.equal(ask('no capacity'), 'rejected: LemonData could not draw the picture: no capacity.');
    assert.equal(ask('It was refused.'), 'rejected: LemonData could not draw the picture: It was refused.');
    assert.equal(ask(undefined), 'rejected: LemonData could not draw the picture.');
    assert.match(
      ask({ code: 'content_policy_violation', message: 'Bad.' }),
      /^moderated: LemonData will not draw this \(content_policy_violation\): Bad\. Change the prompt\.$/,
    );
  });

  it('of a free question does not speak of money, and names the setting that holds the address', () => {
    const gate = { ...providerOf('custom'), label: 'Gate', addressSetting: 'pictor.customProviders' };
    assert.equal(errorFromAnswer(gate, { status: 503, body: '', isFree: true }).message, 'Gate failed (503).');
    const unknown = errorFromAnswer(gate, { status: 404, body: '' });
    assert.deepEqual(
      [unknown.message, unknown.details.setting],
      ['Gate does not know this address (404). Check pictor.customProviders.', 'pictor.customProviders'],
    );
  });

  it('is told in one line, however it is broken', () => {
    assert.match(
      errorFromAnswer(providerOf('openai'), {
        status: 400,
        body: { error: { message: '  One\n\n two \t  three\r\n four ' } },
      }).message,
      /: One two three four\.$/,
    );
  });

  it('that asks for a long wait says so', () => {
    assert.match(
      errorFromAnswer(providerOf('openai'), { status: 429, body: {}, retryAfterMs: 7_200_000 }).message,
      /It asks to wait 7200 s\.$/,
    );
  });

  it('is short, however long its code is and whatever is owed', () => {
    const { message } = errorFromAnswer(providerOf('lemondata'), {
      status: 402,
      body: {
        error: { code: 'x'.repeat(400), message: 'y'.repeat(400), balance_usd: -0.5, suggestions: ['z'.repeat(300)] },
      },
    });
    assert.ok(message.length <= 300, message);
    assert.match(message, /you have -\$0\.50/);
  });

  it('that is long gives way to what to do', () => {
    const { message } = errorFromAnswer(providerOf('openai'), {
      status: 429,
      body: { error: { message: 'long '.repeat(500) } },
    });
    assert.ok(message.length > 290 && message.length <= 300);
    assert.match(message, /… Try again in a while\.$/);
  });

  it('names models, the likeliest first and each once', () => {
    assert.deepEqual(
      readErrorFacts({ error: { did_you_mean: 'b', suggestions: [{ id: 'a' }, 'b'], alternatives: [{ id: 'c' }] } })
        .suggestions,
      ['b', 'a', 'c'],
    );
  });

  it('that is a page is named by the start of its title', () => {
    assert.equal(pageTitle(`<html><title>${'long '.repeat(200)}</title>`)?.length, 95);
  });

  it('is a page only where it is one', () => {
    assert.equal(pageTitle('{"a":"<title>x</title>"}'), undefined);
    assert.equal(pageTitle(readFileSync(path.join(ROOT, 'README.md'), 'utf8')), undefined);
  });
});
