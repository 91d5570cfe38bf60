// Points and facts of a proof as figures for people.
import { number } from '../platform/format';
import type { Schema } from '../platform/schemas';

// Thousandths of a point.
export const points = (milli: number): string => number(milli / 1000, { maximumFractionDigits: 3 });

export const fact_value = (fact: Schema<'classification.ProofFact'>): string =>
  fact.unit === 'thousandths' ? points(fact.value) : number(fact.value);
