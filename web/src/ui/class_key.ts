// The four classes of a yearly review as the page draws them: a letter, a number of steps and a colour.
import { t } from '../platform/texts.svelte';

export type ClassKey = 'excellent' | 'good' | 'completed' | 'not_completed';

const drawn: Record<ClassKey, { letter: 'A' | 'B' | 'C' | 'D'; steps: number }> = {
  excellent: { letter: 'A', steps: 4 },
  good: { letter: 'B', steps: 3 },
  completed: { letter: 'C', steps: 2 },
  not_completed: { letter: 'D', steps: 1 },
};

export const is_class_key = (text: unknown): text is ClassKey => typeof text === 'string' && text in drawn;
export const class_letter = (key: ClassKey): 'A' | 'B' | 'C' | 'D' => drawn[key].letter;
export const class_steps = (key: ClassKey): number => drawn[key].steps;
// From the lowest class to the highest, for sorting.
export const class_rank = (key: string | null | undefined): number =>
  is_class_key(key) ? drawn[key].steps : 0;

export const class_name = (key: string | null | undefined): string =>
  is_class_key(key) ? t(`ui.class_${key}`) : t('ui.class_none');
