import { describe, expect, it } from 'vitest';
import { field_errors, may_pass_later, problem_of } from './problem';

const answer = (body: string, init: ResponseInit) => problem_of(new Response(body, init));

describe('problem_of', () => {
  it('reads a problem with its fields and the time to wait', async () => {
    const body = JSON.stringify({
      type: 'about:blank',
      title: 'Too many tries',
      status: 429,
      reason: 'too_many',
      problems: [{ field: 'user_name', key: 'accounts.wait', message: 'Wait' }],
      request_id: 'r1',
    });
    const problem = await answer(body, { status: 429, headers: { 'retry-after': '90' } });
    expect(problem).toMatchObject({ title: 'Too many tries', request_id: 'r1', retry_after_seconds: 90 });
    expect(field_errors(problem)).toEqual({ user_name: 'Wait' });
  });

  it('makes a bare problem of an answer that is not JSON', async () => {
    expect(await answer('<html>Bad gateway</html>', { status: 502 })).toEqual({
      type: 'about:blank',
      title: '',
      status: 502,
      reason: '',
      problems: [],
      request_id: undefined,
      retry_after_seconds: undefined,
    });
  });

  it('survives a body of the wrong shape', async () => {
    const problem = await answer('{"title":7,"problems":"none"}', { status: 400 });
    expect(problem).toMatchObject({ title: '', problems: [] });
  });
});

describe('field_errors', () => {
  it('shows the first message of a field and leaves out those without a field', () => {
    const problems = [
      { field: 'held_on', key: '', message: 'first' },
      { field: 'held_on', key: '', message: 'second' },
      { field: '', key: '', message: 'everywhere' },
    ];
    expect(field_errors({ type: '', title: '', status: 422, reason: '', problems })).toEqual({
      held_on: 'first',
    });
  });
});

describe('may_pass_later', () => {
  it('is true for a server in trouble or in a hurry only', () => {
    expect([400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 503].filter(may_pass_later)).toEqual([
      408, 425, 429, 500, 503,
    ]);
  });
});
