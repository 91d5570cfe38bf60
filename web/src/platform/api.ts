// The one way to the server: typed from its OpenAPI description, refusals as Refused, silence as Unreachable.
import createClient, { type Middleware } from 'openapi-fetch';
import { hear_server_time } from './clock.svelte';
import { problem_from, problem_of, Refused, Unreachable, was_ended } from './problem';
import { current_language } from './texts.svelte';
import type { paths } from './types';

// How a session came to its end: it ran out, or a person ended it from another device.
export type Ending = 'ran_out' | 'ended';
const signed_out_listeners = new Set<(ending: Ending) => void>();

// Called when the server no longer knows the session.
export function on_signed_out(listener: (ending: Ending) => void): void {
  signed_out_listeners.add(listener);
}

// Reads from an answer of 401 how the session ended, and tells everybody.
export async function tell_signed_out(response: Response): Promise<void> {
  const ending = was_ended(await problem_of(response)) ? 'ended' : 'ran_out';
  signed_out_listeners.forEach((listener) => listener(ending));
}

// Headers that every request carries. The custom header is the guard against forged requests from other
// sites: a browser sends it across sites only with our permission, which we never give.
export function request_headers(method: string, idempotency_key?: string): Record<string, string> {
  const headers: Record<string, string> = { 'accept-language': current_language() };
  if (method !== 'GET') {
    headers['x-groundwork'] = '1';
    headers['idempotency-key'] = idempotency_key ?? crypto.randomUUID();
  }
  return headers;
}

const headers_and_session: Middleware = {
  onRequest({ request }) {
    const given = request.headers.get('idempotency-key') ?? undefined;
    for (const [name, value] of Object.entries(request_headers(request.method, given))) {
      request.headers.set(name, value);
    }
    return request;
  },
  onResponse({ request, response, schemaPath }) {
    // A wrong password also answers 401, but there was no session to lose.
    if (response.status === 401 && !(schemaPath === '/api/session' && request.method === 'POST'))
      void tell_signed_out(response.clone());
  },
  onError({ error }) {
    return new Unreachable({ cause: error });
  },
};

export const api = createClient<paths>({
  baseUrl: location.origin,
  // Looked up at each call, so that a test can stand in for the network.
  fetch: async (request) => {
    const asked_at = Date.now();
    const response = await globalThis.fetch(request);
    hear_server_time(response.headers.get('date'), asked_at, Date.now());
    return response;
  },
});
api.use(headers_and_session);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

// The body of a good answer: await answer(api.GET('/api/session')).
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Refused(problem_from(response.status, error, response.headers));
  return data as T;
}
