// The pages of the minutes in one piece that comes right behind their list: the list can be pressed before it is here.
export { default as HandedOver } from './HandedOver.svelte';
export { default as RecordDecided } from './RecordDecided.svelte';
export { default as RecordEarlier } from './RecordEarlier.svelte';
export { default as RecordPhotos } from './RecordPhotos.svelte';
export { default as RecordRoll } from './RecordRoll.svelte';
export { default as RecordSaid } from './RecordSaid.svelte';
export { default as RecordSend } from './RecordSend.svelte';
export { default as RecordTimes } from './RecordTimes.svelte';
