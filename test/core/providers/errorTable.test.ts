import assert from 'node:assert/strict';
import type { ProviderId } from '../../../src/core/catalog/providers';
import { providerOf } from '../../../src/core/catalog/providers';
import type { ErrorKind } from '../../../src/core/errors';
import { errorFromAnswer, isOutOfCredit, isTaskGone } from '../../../src/core/providers/errors/errorFromAnswer';
import { readErrorFacts } from '../../../src/core/answers/errorFacts';
import { ERROR_ROWS, type ErrorRow } from '../../../src/core/providers/errors/errorRows';
import type { JobAction } from '../../../src/core/jobs/action';
import { jobView } from '../../../src/core/jobs/jobView';
import { record } from '../jobs/records';

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
    from: 'openai',
    status: 400,
    body: {
      error: {
        message: "The model 'dall-e-3' does not exist.",
        type: 'image_generation_user_error',
        param: 'model',
        code: 'invalid_value',
      },
    },
    kind: 'unknownModel',
    says: /does not have this model for you \(invalid_value\): The model 'dall-e-3' does not exist\.$/,
    buttons: ['chooseModel'],
  },
  {
    from: 'custom',
    status: 400,
    body: { error: { message: "The model 'gpt-image-2' does not exist.", type: 'upstream_error', param: 'tools' } },
    kind: 'unknownModel',
    says: /does not have this model for you/,
    buttons: ['chooseModel'],
  },
  {
    status: 400,
    body: open('unknown_parameter', "Unknown parameter: 'style'.", 'style'),
    kind: 'valueRefused',
    says: /does not know a field of the request for this model \(pictor\.style\) .* Leave it out, or choose another model\.$/,
    buttons: ['leaveOut', 'openSetting', 'chooseModel'],
  },
  {
    from: 'tokenlab',
    status: 400,
    body: open('no_contract_compatible_route', 'No route.'),
    kind: 'rejected',
    says: /has nobody who draws this with the model \(no_contract_compatible_route\): No route\. Change the request/,
    buttons: ['chooseModel'],
  },
  {
    from: 'acedata',
    status: 403,
    body: ace('used_up', 'The credit is used up.'),
    kind: 'noCredit',
    says: /no credit left \(used_up\): The credit is used up\. Add some/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    status: 400,
    body: {
      error: {
        code: 'moderation_blocked',
        message: 'Blocked.',
        moderation_details: { moderation_stage: 'output', categories: ['violence', 'self-harm'] },
      },
    },
    kind: 'moderated',
    says: /Blocked\. Its filter stopped the finished picture: violence, self-harm\. Change the prompt\. The picture may have been made and billed all the same\.$/,
    buttons: [],
  },
  {
    from: 'tokenlab',
    status: 400,
    body: {
      error: { message: 'Bad request.', type: 'x', validation_errors: [{ field: 'size', message: 'too small' }] },
    },
    kind: 'valueRefused',
    says: /\(pictor\.size\) \(x\): Bad request\. too small\.$/,
    buttons: ['openSetting', 'chooseModel'],
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
    from: 'custom',
    status: 403,
    body: open('', 'Insufficient credits to run this.'),
    kind: 'noCredit',
    says: /no credit left \(invalid_request_error\): Insufficient credits to run this\. Add some/,
    buttons: ['chooseModel', 'retry'],
  },
  {
    from: 'custom',
    status: 403,
    body: open('', 'Unable to verify token signature'),
    kind: 'unauthorized',
    says: /^Custom does not accept the API key/,
    buttons: ['setApiKey'],
  },
  {
    from: 'custom',
    status: 200,
    body: { code: 500, msg: 'insufficient balance', data: null },
    kind: 'noCredit',
    says: /no credit left \(500\): insufficient balance\. Add some/,
    buttons: ['chooseModel', 'retry'],
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
  const facts = readErrorFacts(body);
  return ERROR_ROWS.find(
    (row) =>
      (!row.namesField || details.setting !== undefined) &&
      message.startsWith(`${providerOf(from).label} ${row.sentence}`) &&
      (row.status === undefined || [row.status].flat().includes(status)) &&
      (!row.codes || row.codes.includes(facts.code)) &&
      (row.field === undefined || row.field === facts.field) &&
      (!row.says || row.says.test(facts.message)),
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
      'used_up',
      'no_contract_compatible_route',
      'request_shape_channel_mismatch',
      'upstream_contract_mismatch',
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
    for (const message of ['Insufficient credits', 'Your quota is exhausted.', 'Balance too low', '用户余额不足'])
      assert.ok(isOutOfCredit({ error: { message } }), message);
    assert.ok(!isOutOfCredit({ error: { message: 'Too many requests: your quota is 5 a minute.' } }));
    const poor = errorFromAnswer(providerOf('openai'), {
      status: 429,
      body: open('insufficient_quota', 'You exceeded your quota'),
      retryAfterMs: 1000,
    });
    assert.match(poor.message, /Add some in your account there\.$/);
    assert.doesNotMatch(poor.message, /wait/);
    assert.equal(poor.details.retryAfterMs, undefined);
  });
});
