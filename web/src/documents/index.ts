// Documents: files that belong to a meeting, a task or a directive.
export { attachment_to_send, shrunk_picture, type FileToSend } from './sending';

// Part of pages of other capabilities, in a chunk of its own.
export const attachments_view = () => import('./Attachments.svelte');
