// A file on its way from the device: pictures are made small before they are kept or sent, because villages pay for
// every megabyte; the address names the thing, and the file itself is the body.
import { make_id } from '../platform/ids';
import type { Draftable } from '../platform/outbox';
import type { Schema } from '../platform/schemas';

type Attachment = Schema<'documents.Attachment'>;

const longest_side = 1280;
const quality = 0.72;

export interface FileToSend {
  thing_kind: Attachment['thing_kind'];
  thing_id: string;
  purpose: Attachment['purpose'];
  name: string;
  caption?: string;
  // Made here when it was not made before.
  id?: string;
  file: Blob;
}

// As small as it can be without harm; what the browser cannot read as a picture comes back as it is, for the server
// to look at.
export async function shrunk_picture(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!bitmap) return file;
  const scale = Math.min(1, longest_side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  // A browser that cannot write WebP gives PNG; JPEG is smaller for photos.
  const webp = await written(canvas, 'image/webp');
  const small = webp?.type === 'image/webp' ? webp : await written(canvas, 'image/jpeg');
  return small && small.size < file.size ? small : file;
}

const written = (canvas: HTMLCanvasElement, type: string): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, quality));

// The operation that sends a file, behind everything else that waits on the same thing.
export function attachment_to_send(sent: FileToSend, titled: Pick<Draftable, 'label' | 'page'>): Draftable {
  const query = new URLSearchParams({
    id: sent.id ?? make_id(),
    thing_kind: sent.thing_kind,
    thing_id: sent.thing_id,
    purpose: sent.purpose,
    name: sent.name,
  });
  if (sent.caption) query.set('caption', sent.caption);
  return {
    method: 'POST',
    path: `/api/attachments?${query.toString()}`,
    body: sent.file,
    subject: `${sent.thing_kind} ${sent.thing_id}`,
    ...titled,
  };
}
