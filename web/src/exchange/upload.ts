// Sends a file with its progress. fetch() cannot tell how much of a body has gone, so this uses the older request.
import { request_headers } from '../platform/api';
import { problem_from, Refused, Unreachable } from '../platform/problem';
import type { Schema } from '../platform/schemas';

export function upload(
  subject: string,
  file: File,
  on_progress: (share: number) => void,
): Promise<Schema<'exchange.ImportAnswer'>> {
  const query = new URLSearchParams({ subject, file_name: file.name });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/imports?${query.toString()}`);
    for (const [name, value] of Object.entries(request_headers('POST')))
      request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) on_progress(event.loaded / event.total);
    };
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = undefined;
      }
      if (request.status >= 200 && request.status < 300) resolve(body as Schema<'exchange.ImportAnswer'>);
      else reject(new Refused(problem_from(request.status, body)));
    };
    request.send(file);
  });
}
