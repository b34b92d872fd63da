import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import type { JobAction } from '../../../src/core/jobs/action';
import { labelOf } from '../../../src/core/jobs/actions';
import { recordError, type JobRecord } from '../../../src/core/jobs/jobRecord';
import { jobView, type JobPhase } from '../../../src/core/jobs/jobView';
import { record } from './records';

const task = { taskId: 't1' };
const OF_IMAGES: readonly JobAction[] = ['open', 'insert', 'copyLink', 'reveal'];
const gone = { index: 0, source: { kind: 'gone' }, used: {} } as const;
const staged = { index: 0, source: { kind: 'staged', name: 'a', bytes: 1 }, used: {} } as const;
const saved = {
  ...gone,
  saved: { uri: 'file:///a.png', alt: '', mediaType: 'image/png', bytes: 1, used: {}, asked: {}, differences: [] },
};
const failed = new PictorError('interrupted', 'The connection broke.');

interface Case {
  readonly title: string;
  readonly changes: Partial<JobRecord>;
  readonly isOpen?: boolean;
  readonly error?: PictorError;
  readonly phase: JobPhase;
  readonly text: string;
  readonly actions: readonly JobAction[];
}

const CASES: readonly Case[] = [
  {
    title: 'another window may have',
    changes: { state: 'waiting', task },
    isOpen: true,
    phase: 'waiting',
    text: 'Another window works on it, or nobody does.',
    actions: ['checkAgain', 'dismiss'],
  },
  {
    title: 'was never sent',
    changes: {},
    isOpen: true,
    phase: 'waiting',
    text: 'Another window works on it, or nobody does.',
    actions: ['dismiss'],
  },
  {
    title: 'has its image here and no place for it',
    changes: { state: 'delivered', images: [staged], error: recordError(new PictorError('notSaved', 'It is full.')) },
    isOpen: true,
    phase: 'failed',
    text: 'It is full.',
    actions: ['saveAs', 'checkAgain', 'showLog', 'dismiss'],
  },
  {
    title: 'nobody knows how it ended',
    changes: { state: 'unknown' },
    isOpen: true,
    error: failed,
    phase: 'undecided',
    text: 'The connection broke.',
    actions: ['retryBilled', 'showLog', 'dismiss'],
  },
  {
    title: 'nobody knows how it ended, and the service may',
    changes: { state: 'unknown', request: { ...record('').request, extra: { trace_id: 'x' } } },
    isOpen: true,
    error: failed,
    phase: 'undecided',
    text: 'The connection broke.',
    actions: ['checkAgain', 'retryBilled', 'showLog', 'dismiss'],
  },
  {
    title: 'was certainly not billed',
    changes: { state: 'failed' },
    error: new PictorError('unreachable', 'Nothing answers.', { setting: 'pictor.baseUrl', answer: '{}' }),
    phase: 'failed',
    text: 'Nothing answers.',
    actions: ['retry', 'openSetting', 'showAnswer', 'showLog', 'dismiss'],
  },
  {
    title: 'may have a result at the service, for nothing',
    changes: { state: 'failed', task },
    error: failed,
    phase: 'failed',
    text: 'The connection broke.',
    actions: ['checkAgain', 'showLog', 'retryBilled', 'dismiss'],
  },
  {
    title: 'brought a part of its images',
    changes: { state: 'failed', images: [saved, { ...gone, index: 1 }] },
    error: new PictorError('tooLarge', 'It is too large.', {
      setting: 'pictor.maxImageMegabytes',
      url: 'https://cdn/1',
    }),
    phase: 'failed',
    text: 'It is too large.',
    actions: ['openInBrowser', 'openSetting', 'showLog', 'retryBilled', ...OF_IMAGES, 'dismiss'],
  },
  {
    title: 'was refused for a model that is not there',
    changes: { state: 'failed' },
    error: new PictorError('unknownModel', 'No such model.', { suggestions: ['b'] }),
    phase: 'failed',
    text: 'No such model.',
    actions: ['useModel', 'chooseModel', 'showLog', 'retryBilled', 'dismiss'],
  },
  {
    title: 'was cancelled',
    changes: { state: 'cancelled', error: recordError(new PictorError('badAnswer', 'Canceled')) },
    phase: 'failed',
    text: 'Cancelled',
    actions: ['retryBilled', 'showLog', 'dismiss'],
  },
  {
    title: 'is linked',
    changes: { state: 'linked', images: [saved] },
    phase: 'done',
    text: 'Saved and linked',
    actions: OF_IMAGES,
  },
  {
    title: 'lacks images',
    changes: { state: 'saved', images: [saved], missing: 2 },
    phase: 'done',
    text: 'Saved',
    actions: ['requestMissing', ...OF_IMAGES],
  },
];

describe('the view of a job that', () => {
  for (const { title, changes, isOpen = false, error, phase, text, actions } of CASES) {
    it(title, () => {
      const view = jobView(record('A kite', changes), { isOpen, error });
      assert.deepEqual([view.phase, view.text, view.actions], [phase, text, actions]);
      for (const action of view.actions) assert.ok(labelOf(action));
      for (const remedy of view.remedies) assert.ok(view.actions.includes(remedy), remedy);
    });
  }

  it('runs says what is being done, and can be cancelled', () => {
    const step = { text: 'Waiting for LemonData', untilMs: 5, percent: 30 };
    const view = jobView(record('A kite', { state: 'waiting', task }), { isOpen: true, live: { step } });
    assert.deepEqual(
      [view.phase, view.text, view.untilMs, view.percent, view.actions, view.remedies],
      ['running', 'Waiting for LemonData', 5, 30, ['cancel'], []],
    );
  });

  it('waits for its turn is not said to run', () => {
    const view = jobView(record('A kite'), { isOpen: true, live: {} });
    assert.deepEqual([view.phase, view.text], ['waiting', 'Starting']);
  });

  it('runs once more has no error any more', () => {
    const job = record('A kite', { state: 'failed', task, error: recordError(failed) });
    assert.deepEqual(jobView(job, { isOpen: false, live: {}, error: failed }).remedies, []);
  });
});
