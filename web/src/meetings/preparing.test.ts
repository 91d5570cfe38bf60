import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from './asking';
import { is_left, preparations, type Invitation } from './preparing';

const planned_for = Date.UTC(2025, 0, 4, 12, 30);
const days = (count: number) => count * 24 * 60 * 60 * 1000;
const point = (id: string) => ({ id, text: 'A point' });
const record = (agenda: { id: string }[], more = {}, came_late = false) =>
  ({
    meeting: { planned_for, documents_sent_on: null, documents_sent_at: null, ...more },
    agenda,
    documents_came_late: came_late,
  }) as unknown as MeetingRecord;
const delivery = (member_name: string, has_account: boolean, told_at: number | null) => ({
  member_name,
  has_account,
  told_at,
});
const invitation = (
  sent_at: number | null,
  deliveries: ReturnType<typeof delivery>[] = [],
  changed: string[] = [],
) => ({ sent_at, changed, deliveries }) as unknown as Invitation;
const states = (asked: MeetingRecord, sent?: Invitation, now = planned_for - days(5)) =>
  preparations(asked, sent, Date.parse, now).map((line) => `${line.what} ${line.state}`);

describe('what is still to prepare', () => {
  it('begins with everything', () => {
    const lines = preparations(record([]), invitation(null), Date.parse, planned_for - days(5));
    expect(lines.map((line) => line.state)).toEqual(['write', 'due', 'write']);
    expect(lines.filter(is_left)).toHaveLength(3);
  });
  it('asks to look at points that came by themselves, until somebody has', () => {
    expect(states(record([point('01A'), point('')]))[0]).toBe('agenda look');
    expect(states(record([point('01A'), point('01B')]))[0]).toBe('agenda done');
  });
  it('wants the documents a day before, and says when that is over or they came late', () => {
    expect(states(record([]), undefined, planned_for - days(1))[1]).toBe('documents due');
    expect(states(record([]), undefined, planned_for - days(1) + 1)[1]).toBe('documents over');
    expect(states(record([], { documents_sent_on: '2025-01-02' }))[1]).toBe('documents done');
    expect(states(record([], { documents_sent_at: planned_for - 1 }, true))[1]).toBe('documents late');
  });
  it('names who was not told, and whom the app cannot reach', () => {
    const sent = invitation(1, [
      delivery('Lan', true, 1),
      delivery('Nam', true, null),
      delivery('Hoa', false, null),
    ]);
    expect(states(record([]), sent).slice(2)).toEqual(['invitation done', 'told untold', 'told in_person']);
    const all = invitation(1, [delivery('Lan', true, 1)]);
    expect(states(record([]), all).slice(2)).toEqual(['invitation done', 'told done']);
    expect(states(record([]), invitation(1, [], ['place']))[2]).toBe('invitation changed');
  });
  it('is done when nothing is left but what is done by mouth', () => {
    const lines = preparations(
      record([point('01A')], { documents_sent_on: '2025-01-02' }),
      invitation(1, [delivery('Lan', true, 1), delivery('Hoa', false, null)]),
      Date.parse,
      planned_for - days(1),
    );
    expect(lines.filter(is_left)).toEqual([]);
  });
  it('does not guess who was told while the device does not know', () => {
    expect(states(record([])).slice(2)).toEqual(['invitation unknown']);
  });
});
