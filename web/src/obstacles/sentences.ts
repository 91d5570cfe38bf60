// What happened to an obstacle, told in one sentence.
import { day } from '../platform/format';
import type { Schema } from '../platform/schemas';
import { t } from '../platform/texts.svelte';

export function sentence_of({ step, unit_name, to_unit_name }: Schema<'obstacles.StepLine'>): string {
  return t(`obstacle.did_${step.act}`, {
    unit: unit_name,
    to: to_unit_name,
    day: day(step.done_by ?? step.due_on),
  });
}
