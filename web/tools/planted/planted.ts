// Wrong on purpose: the type check must find every line below. See tools/planted_errors.test.ts.
import { answer, api } from '../../src/platform/api';
import { t } from '../../src/platform/texts.svelte';

export const unknown_text = t('app.no_such_key');
export const missing_argument = t('app.sync_waiting');
export const wrong_argument = t('app.sync_waiting', { n: 'three' });
export const extra_argument = t('app.today', { n: 3 });
export const unknown_route = api.GET('/api/no_such_route');
export const unknown_field = answer(api.GET('/api/session')).then((account) => account.no_such_field);
