// The records of the server by their names: Schema<'meetings.Meeting'>.
import type { components } from './types';

export type Schemas = components['schemas'];
export type Schema<Name extends keyof Schemas> = Schemas[Name];
