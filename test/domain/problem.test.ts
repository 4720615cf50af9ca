import { expect, it } from 'vitest';
import { type Problem, RemoteError } from '../../src/domain/problem.ts';

it('a RemoteError carries its problem and its cause', () => {
  const problem: Problem = { kind: 'network', message: 'connection refused', needsAction: false };
  const cause = new Error('ECONNREFUSED');
  const error = new RemoteError(problem, { cause });
  expect(error).toMatchObject({ name: 'RemoteError', message: 'connection refused', problem, cause });
});
