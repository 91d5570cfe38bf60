// Points and facts of a proof as figures for people.
import { number } from '../platform/format';
import type { Schema } from '../platform/schemas';
import { t } from '../platform/texts.svelte';

// Thousandths of a point.
export const points = (milli: number): string => number(milli / 1000, { maximumFractionDigits: 3 });

// A level nobody has given is 0.
export const fact_value = (fact: Schema<'classification.ProofFact'>): string => {
  if (fact.unit === 'level' && fact.value === 0) return t('class.not_given');
  return fact.unit === 'thousandths' ? points(fact.value) : number(fact.value);
};
