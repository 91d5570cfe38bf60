// What several pages of visits ask for, so that one can take along what another will need without a network.
import { answer, api } from '../platform/api';

export const meetings_to_attend_key = (unit_id: string) => `meetings to attend ${unit_id}`;
// The last and the next ones: a group often comes before the unit has written its own record.
export async function ask_meetings_to_attend(unit_id: string) {
  const [held, planned] = await Promise.all(
    (['held', 'planned'] as const).map((state) =>
      answer(api.GET('/api/meetings', { params: { query: { unit_id, state, limit: 12 } } })),
    ),
  );
  return { meetings: [...planned!.meetings, ...held!.meetings] };
}
