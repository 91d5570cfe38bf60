import { describe, expect, it } from 'vitest';
import { key_of, lines_of, moved, rule_of, to_send } from './arranging';

describe('an agenda', () => {
  const lines = lines_of([
    { id: 'a', meeting_id: 'm', number: 1, text: 'One', source_kind: 'own', source_id: null },
    { id: '', meeting_id: 'm', number: 2, text: 'Two', source_kind: 'advice', source_id: '8' },
  ]);
  it('moves a line up and down', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  });
  it('knows lines that came by themselves by their source', () => {
    expect(lines.map(key_of)).toEqual(['a', 'advice 8']);
  });
  it('is sent with ids of its own lines only', () => {
    expect(to_send(moved(lines, 1, 0), ['b'], [])).toEqual({
      agenda: [
        { text: 'Two', source_kind: 'advice', source_id: '8' },
        { id: 'a', text: 'One' },
      ],
      removed: ['b'],
      set_aside: [],
    });
  });
});

describe('the rule of a day', () => {
  it('names the day of the month and the weekday', () => {
    expect(rule_of('2024-12-07')).toEqual({ day_of_month: 7, week: 1, weekday: 6 });
    expect(rule_of('2024-12-08')).toEqual({ day_of_month: 8, week: 2, weekday: 7 });
  });
  it('takes a fifth weekday for the last one', () => {
    expect(rule_of('2024-12-31')).toEqual({ day_of_month: 31, week: 5, weekday: 2 });
  });
});
