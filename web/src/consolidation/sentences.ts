// Signs of weakness, points of an exit test and names of causes, in words.
import { current_language, t } from '../platform/texts.svelte';
import { day } from '../platform/format';
import type { Schema } from '../platform/schemas';

export type Sign = Schema<'consolidation.Sign'>;
export type ExitKind = Schema<'consolidation.ExitCondition'>['kind'];
type Named = Schema<'consolidation.Cause'>;

export function sentence_of(sign: Sign): string {
  // The figure of a class is its year.
  const name = sign.kind === 'class_not_completed' ? String(sign.figure ?? '') : sign.name;
  return t(`weak.sign_${sign.kind}`, { n: sign.figure ?? 0, level: String(sign.level ?? 0), name });
}

export function exit_sentence(item: Schema<'consolidation.ExitCondition'>): string {
  if (item.kind === 'own') return item.text;
  if (item.kind === 'no_serious_findings') return t('weak.exit_no_serious_findings');
  return t(`weak.exit_${item.kind}`, { target: item.target, n: item.months });
}

export const name_of = (each: Pick<Named, 'name_vi' | 'name_en' | 'name_hi'>): string =>
  each[`name_${current_language()}`];

// What has to happen next with a unit on the list; nothing when the state says it all.
export function next_sentence(story: Schema<'consolidation.CaseStory'>): string | undefined {
  if (story.about.state !== 'open') return undefined;
  if (story.exit_conditions.length === 0) return t('weak.next_plan');
  const left = story.exit_conditions.filter((line) => !line.item.accepted_on);
  if (left.length === 0) return t('weak.next_leave');
  const measure = story.measures.find((each) => !each.done_on);
  return measure
    ? t('weak.next_measure', {
        measure: measure.text,
        owner: measure.owner_name,
        day: day(measure.due_on),
      })
    : t('weak.next_accept', { n: left.length });
}
