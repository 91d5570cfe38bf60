import { expect, test, vi } from 'vitest';
import { attachment_to_send, shrunk_picture } from './sending';

test('a file is sent raw, behind all that waits on its meeting', () => {
  const file = new Blob(['%PDF-1.7'], { type: 'application/pdf' });
  const operation = attachment_to_send(
    { thing_kind: 'meeting', thing_id: '2MTNVWJ2F8489', purpose: 'document', name: 'Dự thảo.pdf', file },
    { label: 'Dự thảo.pdf', page: '/meetings/2MTNVWJ2F8489' },
  );
  expect(operation.subject).toBe('meeting 2MTNVWJ2F8489');
  expect(operation.body).toBe(file);
  const query = new URL(operation.path, 'http://here').searchParams;
  expect(query.get('name')).toBe('Dự thảo.pdf');
  expect(query.get('id')).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}$/);
  expect(query.has('caption')).toBe(false);
});

test('what is no picture, or cannot be read as one, is sent as it is', async () => {
  const text = new Blob(['text'], { type: 'text/plain' });
  expect(await shrunk_picture(text)).toBe(text);
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('not a picture')));
  const strange = new Blob(['no picture'], { type: 'image/heic' });
  expect(await shrunk_picture(strange)).toBe(strange);
});
