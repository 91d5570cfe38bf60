// Points as the server counts them, in thousandths, written as people do.
import { number } from '../platform/format';

export const points = (milli: number): string => number(milli / 1000, { maximumFractionDigits: 1 });
