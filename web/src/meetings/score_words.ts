// What the record knows behind the points of a criterion, in words with their numbers and denominators.
import { number } from '../platform/format';
import { t } from '../platform/texts.svelte';
import type { CriterionScore, Meeting, MeetingScore } from './asking';
import { points } from './points';

const percent = (part: number, whole: number) => (whole > 0 ? Math.floor((100 * part) / whole) : 0);

// Nothing when the record has no say in the criterion.
export function fact_words(criterion: CriterionScore, meeting: Meeting): string[] {
  const facts = new Map(criterion.facts.map((fact) => [fact.key, fact.value]));
  const words: string[] = [];
  if (facts.has('members_expected') && facts.has('members_present') && !facts.has('speaker_count'))
    words.push(
      t('meeting.fact_came', {
        present: meeting.members_present,
        expected: meeting.members_expected,
        excused: meeting.excused_count,
        unexcused: meeting.unexcused_count,
        percent: percent(meeting.members_present, meeting.members_expected),
      }),
    );
  const minutes = facts.get('minutes_held');
  if (minutes !== undefined)
    words.push(
      facts.has('minutes_required')
        ? t('meeting.fact_minutes', { minutes, required: facts.get('minutes_required')! })
        : t('meeting.fact_minutes_only', { minutes }),
    );
  if (facts.has('speaker_count'))
    words.push(
      t('meeting.fact_spoke', {
        n: meeting.speaker_count,
        present: meeting.members_present,
        percent: percent(meeting.speaker_count, meeting.members_present),
      }),
    );
  if (facts.has('results_total')) {
    const total = meeting.results_total ?? 0;
    const done = meeting.results_done ?? 0;
    words.push(
      total > 0
        ? t('meeting.fact_results', { done, total, percent: percent(done, total) })
        : t('meeting.fact_no_results'),
    );
  }
  if (facts.has('documents_days_before'))
    words.push(
      meeting.documents_sent_on
        ? t('meeting.fact_documents', { days: facts.get('documents_days_before')! })
        : t('meeting.fact_no_documents'),
    );
  if (facts.has('published_after_days'))
    words.push(
      meeting.published_on
        ? t('meeting.fact_published', { days: facts.get('published_after_days')! })
        : t('meeting.fact_not_published'),
    );
  const running = facts.get('running_excused_count');
  if (running !== undefined) words.push(t('meeting.fact_running', { n: running }));
  if (facts.get('minutes_are_complete') === 1) words.push(t('meeting.fact_book'));
  return words;
}

// "+3" or "−2.5": which way a gap goes stands before it.
export const signed = (milli: number): string =>
  number(milli / 1000, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });

// What a criterion can give, as answers to choose from.
export const options_of = (
  options: readonly { points_milli: number; text: string }[],
  maximum_milli: number,
): { value: string; label: string; note?: string }[] =>
  options.length === 2 && options[0]!.text === '' && options[1]!.points_milli === 0
    ? [
        { value: String(maximum_milli), label: t('meeting.yes') },
        { value: '0', label: t('meeting.no') },
      ]
    : options.map((option) => ({
        value: String(option.points_milli),
        label: points(option.points_milli),
        note: option.text || t('meeting.less'),
      }));

// What a visitor gave: of so many lines, or one number for all.
export const visitor_words = (visitor: NonNullable<MeetingScore['visitor']>): string =>
  visitor.lines > 0
    ? t('meeting.visitor_gave_lines', {
        group: visitor.group_name,
        lines: visitor.lines,
        points: points(visitor.points_milli),
        maximum: points(visitor.maximum_milli),
      })
    : t('meeting.visitor_gave', { group: visitor.group_name, points: points(visitor.points_milli) });
