// What follows from what in the story of a unit's year, ready for drawing.
import type { Schema } from '../platform/schemas';

export type Story = Schema<'resolutions.Story'>;
export type Entry = Schema<'resolutions.StoryEntry'>;

export const entry_key = (entry: { kind: string; id: string }): string => `${entry.kind} ${entry.id}`;

// One turn of the loop: what a visit advised, what the unit decided, what was done, and how meetings scored.
export interface Loop {
  visit: Entry;
  advice: Entry[];
  items: Entry[];
  tasks: Entry[];
  // The meeting the visitors saw and the next ones, oldest first.
  meetings: Entry[];
}

const follows = (entry: Entry, cause: Entry): boolean =>
  entry.because.some((each) => each.kind === cause.kind && each.id === cause.id);

const following = (entries: Entry[], kind: Entry['kind'], causes: Entry[]): Entry[] =>
  entries.filter((entry) => entry.kind === kind && causes.some((cause) => follows(entry, cause)));

const meetings_shown = 4;

// The loops of a year in the order of their visits; a visit whose advice led to nothing yet is one as well.
export function list_loops(story: Story): Loop[] {
  const { entries } = story;
  return entries
    .filter((entry) => entry.kind === 'visit')
    .map((visit) => {
      const advice = following(entries, 'advice', [visit]);
      const items = following(entries, 'resolution_item', advice);
      const tasks = following(entries, 'task', items);
      const meetings = entries
        .filter((entry) => entry.kind === 'meeting' && entry.score_milli !== null && entry.day >= visit.day)
        .slice(0, meetings_shown);
      return { visit, advice, items, tasks, meetings };
    })
    .filter((loop) => loop.advice.length > 0);
}

// Everything an entry follows from and everything that follows from it, itself included.
export function kin_of(entries: readonly Entry[], key: string): Set<string> {
  const causes = new Map<string, string[]>();
  const effects = new Map<string, string[]>();
  for (const entry of entries) {
    const own = entry_key(entry);
    for (const cause of entry.because.map(entry_key)) {
      causes.set(own, [...(causes.get(own) ?? []), cause]);
      effects.set(cause, [...(effects.get(cause) ?? []), own]);
    }
  }
  const kin = new Set([key]);
  const walk = (from: string, way: Map<string, string[]>) => {
    for (const next of way.get(from) ?? []) {
      if (kin.has(next)) continue;
      kin.add(next);
      walk(next, way);
    }
  };
  walk(key, causes);
  walk(key, effects);
  return kin;
}

// The page that tells more about an entry, if there is one.
export function entry_path(entry: Entry, unit_id: string): string | undefined {
  switch (entry.kind) {
    case 'meeting':
      return `/meetings/${entry.id}`;
    case 'visit':
      return `/visits/${entry.id}`;
    case 'advice':
      return `/advice/${entry.id}`;
    case 'task':
      return `/tasks/${entry.id}`;
    case 'resolution':
      return `/resolutions/${entry.id}`;
    case 'resolution_item': {
      const resolution = entry.because.find((each) => each.kind === 'resolution');
      return resolution && `/resolutions/${resolution.id}`;
    }
    case 'unit_class':
      return `/units/${unit_id}/class`;
    case 'finding':
      return `/findings/${entry.id}`;
    default:
      return undefined;
  }
}

// A month of the year with what happened in it; the newest month first.
export interface Chapter {
  entry: Entry;
  resolution: Entry | undefined;
  items: Entry[];
  tasks: Entry[];
}

// The events that stand in the timeline on their own: decisions and tasks stand under the meeting that made them.
export function list_chapters(story: Story): Chapter[] {
  const own = new Set<Entry['kind']>([
    'meeting',
    'visit',
    'finding',
    'finding_closed',
    'advice_confirmed',
    'unit_class',
  ]);
  return story.entries
    .filter((entry) => own.has(entry.kind))
    .map((entry) => {
      const resolution =
        entry.kind === 'meeting' ? following(story.entries, 'resolution', [entry])[0] : undefined;
      const items = resolution ? following(story.entries, 'resolution_item', [resolution]) : [];
      return { entry, resolution, items, tasks: following(story.entries, 'task', items) };
    })
    .reverse();
}

// How many of the items that fell due are done; open ones of the newest resolution are not due yet.
export function items_done(story: Story): { done: number; all: number } {
  const items = story.entries.filter((entry) => entry.kind === 'resolution_item');
  return { done: items.filter((item) => item.state === 'done').length, all: items.length };
}
