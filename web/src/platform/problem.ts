// What the server tells when it refuses (application/problem+json), and what happens when it cannot be reached.
export interface FieldProblem {
  field: string;
  key: string;
  message: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  reason: string;
  problems: FieldProblem[];
  request_id?: string;
  // Seconds to wait, from the Retry-After header, when the server asks for patience.
  retry_after_seconds?: number;
}

// The server answered, and the answer is no.
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.title}`);
    this.name = 'Refused';
  }
}

// There was no answer: no network, or the server is down.
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('The server did not answer.', options);
    this.name = 'Unreachable';
  }
}

const text_or = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

// Reads whatever an error answer holds into a Problem. A proxy's HTML page becomes a bare problem with its status.
export function problem_from(status: number, body: unknown, headers?: Headers): Problem {
  const object = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const list = Array.isArray(object.problems) ? (object.problems as Record<string, unknown>[]) : [];
  const wait = Number(headers?.get('retry-after'));
  return {
    type: text_or(object.type, 'about:blank'),
    title: text_or(object.title, ''),
    status,
    reason: text_or(object.reason, ''),
    problems: list.map((each) => ({
      field: text_or(each.field, ''),
      key: text_or(each.key, ''),
      message: text_or(each.message, ''),
    })),
    request_id: typeof object.request_id === 'string' ? object.request_id : undefined,
    retry_after_seconds: Number.isFinite(wait) && wait > 0 ? wait : undefined,
  };
}

export async function problem_of(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return problem_from(response.status, body, response.headers);
}

const has_key = (problem: Problem, key: RegExp): boolean =>
  problem.problems.some((each) => key.test(each.key));

// The server keeps another version than the one this work was written over: the person puts the two together.
export const has_two_versions = (problem: Problem | undefined): boolean =>
  problem?.status === 409 && has_key(problem, /\.(changed_meanwhile|recorded_differently)$/);

// A person ended this session from another device: what this one holds must go. One that ran out is not ended.
export const was_ended = (problem: Problem): boolean =>
  problem.status === 401 && has_key(problem, /^platform\.session_was_ended$/);

// The first message for each field, for showing beside the field.
export function field_errors(problem: Problem | undefined): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, message } of problem?.problems ?? [])
    if (field && !(field in errors)) errors[field] = message;
  return errors;
}

// True when sending the same thing again later may succeed.
export const may_pass_later = (status: number): boolean =>
  status >= 500 || status === 408 || status === 425 || status === 429;
