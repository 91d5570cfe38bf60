// The year of a unit read off its meetings: which months and quarters have what they should.
import type { MeetingLine } from './asking';

export interface MonthOfYear {
  // 0 to 11
  month: number;
  first_day: string;
  state: 'held' | 'held_twice' | 'missed' | 'planned' | 'open';
  held: number;
  lines: MeetingLine[];
}
export interface QuarterOfYear {
  // 1 to 4
  number: number;
  state: 'held' | 'planned' | 'missing' | 'due' | 'ahead';
  // Of the thematic meetings that give it its state.
  days: string[];
  months: MonthOfYear[];
}

const is_monthly = ({ meeting }: MeetingLine) => meeting.kind === 'regular' || meeting.kind === 'thematic';
const in_order = (one: MeetingLine, other: MeetingLine) =>
  one.meeting.meets_on.localeCompare(other.meeting.meets_on);

// A committee or joint meeting shows in its month, but the month is met by a regular or a thematic one.
function month_of(lines: readonly MeetingLine[], year: number, month: number, today: string): MonthOfYear {
  const first_day = `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const here = lines
    .filter(({ meeting }) => meeting.meets_on.startsWith(first_day.slice(0, 7)))
    .sort(in_order);
  const held = here.filter((line) => is_monthly(line) && line.meeting.state === 'held').length;
  const is_planned = here.some((line) => is_monthly(line) && line.meeting.state === 'planned');
  const state =
    held > 1
      ? 'held_twice'
      : held === 1
        ? 'held'
        : is_planned
          ? 'planned'
          : first_day.slice(0, 7) < today.slice(0, 7)
            ? 'missed'
            : 'open';
  return { month, first_day, state, held, lines: here };
}

function quarter_of(months: MonthOfYear[], number: number, today: string): QuarterOfYear {
  const thematic = (wanted: 'held' | 'planned') =>
    months
      .flatMap((month) => month.lines)
      .filter(({ meeting }) => meeting.has_thematic_part && meeting.state === wanted)
      .map(({ meeting }) => meeting.meets_on);
  const [held, planned] = [thematic('held'), thematic('planned')];
  if (held.length > 0) return { number, state: 'held', days: held, months };
  if (planned.length > 0) return { number, state: 'planned', days: planned, months };
  const this_month = today.slice(0, 7);
  if (months[2]!.first_day.slice(0, 7) < this_month) return { number, state: 'missing', days: [], months };
  const state = months[0]!.first_day.slice(0, 7) <= this_month ? 'due' : 'ahead';
  return { number, state, days: [], months };
}

export function year_of(lines: readonly MeetingLine[], year: number, today: string): QuarterOfYear[] {
  return [0, 1, 2, 3].map((quarter) =>
    quarter_of(
      [0, 1, 2].map((month) => month_of(lines, year, quarter * 3 + month, today)),
      quarter + 1,
      today,
    ),
  );
}

// How warm a held meeting is drawn, 0 to 3: by the share of its points; 0 while it has none.
export function warmth_of({ meeting }: MeetingLine): 0 | 1 | 2 | 3 {
  if (meeting.state !== 'held' || meeting.score_milli === null || !meeting.maximum_milli) return 0;
  const share = meeting.score_milli / meeting.maximum_milli;
  return share >= 0.9 ? 3 : share >= 0.7 ? 2 : 1;
}
