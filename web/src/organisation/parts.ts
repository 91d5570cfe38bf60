// The parts of a unit's page that stand below its head, as one piece to ask for.
export { default as BelowCard } from './BelowCard.svelte';
export { default as HealthCard } from './HealthCard.svelte';
export { default as HistoryCard } from './HistoryCard.svelte';
export { default as LoopCard } from './LoopCard.svelte';
export { default as NextMeetingCard } from './NextMeetingCard.svelte';
export { default as PeopleCard } from './PeopleCard.svelte';
export { default as SiblingsCard } from './SiblingsCard.svelte';
export { default as StoryCard } from './StoryCard.svelte';
export { default as WorkCards } from './WorkCards.svelte';
