import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { providerOf } from '../../../src/core/catalog/providers';
import { errorFromAnswer, errorFromTask } from '../../../src/core/providers/errors/errorFromAnswer';
import { isErrorBody, isRefusal, pageTitle, readErrorFacts } from '../../../src/core/answers/errorFacts';
import { ROOT } from '../../runner/paths';

const open = (code: string, message: string, param?: string): object => ({
  error: { message, type: 'invalid_request_error', param: param ?? null, code },
});
const ace = (code: string, message: string): object => ({ success: false, error: { code, message }, trace_id: 't' });

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

  for (const body of [
    { code: 500, msg: 'insufficient balance', data: null },
    { code: 'DataInspectionFailed', message: 'blocked' },
    { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    { success: false, data: [] },
    { errors: [{ message: 'first' }] },
    { detail: 'no' },
    { error_code: 17, error_msg: 'no' },
    { error: 'no' },
  ])
    it(`says why there is no image, whatever its status: ${JSON.stringify(body)}`, () => assert.ok(isRefusal(body)));

  it('is none where all is well, or where nothing is said', () => {
    for (const body of [
      { code: 0, msg: 'ok', data: [] },
      { code: 200, message: 'success' },
      { code: 1, msg: 'submitted' },
      { code: 'Success', message: 'done' },
      { base_resp: { status_code: 0, status_msg: '' } },
      { created: 1, data: [] },
      { success: true },
      'a text',
      null,
    ])
      assert.ok(!isRefusal(body), JSON.stringify(body));
  });

  it('has its words and its code wherever services put them', () => {
    const facts = (body: unknown): unknown => {
      const { message, code } = readErrorFacts(body);
      return [message, code];
    };
    assert.deepEqual(facts({ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }), [
      'insufficient balance',
      '1008',
    ]);
    assert.deepEqual(facts({ error_code: 17, error_msg: 'no' }), ['no', '17']);
  });

  it('that names a field is about that, whatever its words', () => {
    const error = errorFromAnswer(providerOf('openai'), {
      status: 400,
      body: open('unknown_parameter', "Unknown parameter: 'moderation'.", 'moderation'),
    });
    assert.deepEqual([error.kind, error.details.setting], ['valueRefused', 'pictor.moderation']);
    assert.deepEqual(error.details.refusedField, { name: 'moderation', isUnknown: true });
  });

  for (const [body, name, isUnknown] of [
    [
      open('invalid_value', 'Transparent background is not supported for this model.', 'background'),
      'background',
      false,
    ],
    [{ error: { message: "Unknown parameter: 'response_format'." } }, 'responseFormat', true],
    [{ error: { message: 'Unrecognized request argument supplied: style' } }, 'style', true],
    [{ error: { message: "Unsupported parameter: 'svg.model'." } }, 'svgModel', true],
    [
      { detail: [{ type: 'extra_forbidden', loc: ['body', 'quality'], msg: 'Extra inputs are not permitted' }] },
      'quality',
      true,
    ],
    [{ detail: [{ loc: ['body', 'n'], msg: 'Input should be less than 5' }] }, 'n', false],
  ] as const) {
    it(`is remembered as being about ${name}: ${JSON.stringify(body).slice(0, 60)}`, () => {
      const { details } = errorFromAnswer(providerOf('openai'), { status: 400, body });
      assert.deepEqual(details.refusedField, { name, isUnknown });
    });
  }

  it('names the request where only its body does', () => {
    const { details } = errorFromAnswer(providerOf('acedata'), { status: 403, body: ace('disabled', 'No') });
    assert.equal(details.requestId, 't');
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
