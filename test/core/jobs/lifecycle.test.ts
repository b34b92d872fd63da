import assert from 'node:assert/strict';
import { PictorError } from '../../../src/core/errors';
import { recordError, type JobRecord } from '../../../src/core/jobs/jobRecord';
import {
  canContinue,
  hasStaged,
  isDone,
  isEndedEarly,
  nextStep,
  type NextStep,
} from '../../../src/core/jobs/lifecycle';
import { record } from './records';

const task = { taskId: 't1' };
const gone = { index: 0, source: { kind: 'gone' }, used: {} } as const;
const url = { index: 0, source: { kind: 'url', url: 'https://cdn/a.png' }, used: {} } as const;
const staged = { index: 0, source: { kind: 'staged', name: 'a', bytes: 1 }, used: {} } as const;
const saved = {
  ...gone,
  saved: { uri: 'file:///a.png', alt: '', mediaType: 'image/png', bytes: 1, used: {}, asked: {}, differences: [] },
};
const over = recordError(new PictorError('rejected', 'No.', { isTaskOver: true }));
const traced = { ...record('A kite').request, extra: { trace_id: 'x' } };
const local = { provider: 'placeholder', label: 'Placeholder' } as const;

describe('the next step of a job', () => {
  // Of one with something left to do, and of one without.
  const cases: readonly [string, Partial<JobRecord>, NextStep, NextStep][] = [
    ['planned', {}, 'submit', 'submit'],
    ['planned with a task', { task }, 'submit', 'submit'],
    ['submitting', { state: 'submitting' }, 'poll', 'poll'],
    ['submitting to nobody', { state: 'submitting', connection: local }, 'submit', 'submit'],
    ['waiting', { state: 'waiting', task }, 'poll', 'poll'],
    ['waiting for images whose addresses may have expired', { state: 'waiting', task, images: [url] }, 'poll', 'poll'],
    ['delivered by address', { state: 'delivered', task, images: [url] }, 'fetch', 'fetch'],
    ['delivered by address and here', { state: 'delivered', images: [staged, url] }, 'fetch', 'fetch'],
    ['delivered and here', { state: 'delivered', images: [staged] }, 'save', 'save'],
    ['delivered and here, with a task', { state: 'delivered', task, images: [staged] }, 'save', 'save'],
    ['delivered and gone', { state: 'delivered', images: [gone] }, 'link', 'none'],
    ['saved', { state: 'saved', images: [saved] }, 'link', 'none'],
    ['linked', { state: 'linked', images: [saved] }, 'link', 'none'],
    ['linked, drawn by nobody', { state: 'linked', images: [saved], connection: local }, 'link', 'none'],
    ['failed', { state: 'failed' }, 'none', 'none'],
    ['failed here', { state: 'failed', connection: local }, 'none', 'none'],
    ['failed with a task', { state: 'failed', task }, 'poll', 'poll'],
    ['failed with a task that is over', { state: 'failed', task, error: over }, 'none', 'none'],
    ['failed, and its image by address', { state: 'failed', images: [url] }, 'fetch', 'fetch'],
    ['failed with a task, and its image by address', { state: 'failed', task, images: [url] }, 'poll', 'poll'],
    ['failed with a task, and its image gone', { state: 'failed', task, images: [gone] }, 'poll', 'poll'],
    ['failed with a name for it', { state: 'failed', request: traced }, 'none', 'none'],
    ['cancelled', { state: 'cancelled' }, 'none', 'none'],
    ['cancelled with its image by address', { state: 'cancelled', task, images: [url] }, 'fetch', 'fetch'],
    ['unknown', { state: 'unknown' }, 'decide', 'decide'],
    ['unknown here', { state: 'unknown', connection: local }, 'decide', 'decide'],
    ['unknown with a name for it', { state: 'unknown', request: traced }, 'poll', 'poll'],
  ];
  for (const [title, changes, open, closed] of cases) {
    it(`that is ${title} is ${open === closed ? open : `${open}, and once it is over ${closed}`}`, () => {
      const job = record('A kite', changes);
      assert.deepEqual([nextStep(job), nextStep(job, false)], [open, closed]);
      assert.deepEqual(
        [canContinue(job, true), canContinue(job)],
        [open, closed].map((step) => !['submit', 'decide', 'none'].includes(step)),
      );
    });
  }

  it('knows what is here, what is done and what ended early', () => {
    const facts = ({ images, state }: Partial<JobRecord>): boolean[] => {
      const job = record('A kite', { images, state });
      return [hasStaged(job), isDone(job), isEndedEarly(job)];
    };
    assert.deepEqual(facts({ state: 'delivered', images: [staged] }), [true, false, false]);
    assert.deepEqual(facts({ state: 'saved', images: [saved, gone] }), [false, false, false]);
    assert.deepEqual(facts({ state: 'saved', images: [saved] }), [false, true, false]);
    assert.deepEqual(facts({ state: 'linked', images: [saved] }), [false, true, false]);
    assert.deepEqual(facts({ state: 'unknown', images: [] }), [false, false, true]);
  });
});
