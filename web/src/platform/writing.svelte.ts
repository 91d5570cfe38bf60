// One form on its way to the server: busy while it is sent, the refusal when there is one, and a word when it
// was kept on the device instead.
import { get_account } from './account.svelte';
import { send_or_keep, type Draftable, type Sending } from './outbox';
import { Refused, type Problem } from './problem';
import { DeviceFull } from './store';
import { t } from './texts.svelte';

export class Writing {
  is_busy = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);

  // Undefined when the server refused; the reason is then in `problem`.
  async send<T>(written: Draftable): Promise<Sending<T> | undefined> {
    if (this.is_busy) return undefined;
    this.is_busy = true;
    this.problem = undefined;
    try {
      // A form's state is a proxy, which the store on the device cannot take.
      const { body, ...rest } = written;
      const plain = $state.snapshot(body instanceof Blob ? rest : written) as Draftable;
      if (body instanceof Blob) plain.body = body;
      return await send_or_keep<T>(get_account().account_id, plain);
    } catch (error) {
      // What was typed stays on the page: neither sent nor kept is not lost.
      if (error instanceof DeviceFull) this.refuse([{ field: '', message: t('offline.device_full') }]);
      else if (error instanceof Refused) this.problem = error.problem;
      else throw error;
      return undefined;
    } finally {
      this.is_busy = false;
    }
  }

  // Shows mistakes found on the device as the server would.
  refuse(problems: { field: string; message: string }[]): void {
    this.problem = {
      type: 'about:blank',
      title: '',
      status: 422,
      reason: 'invalid',
      problems: problems.map((each) => ({ ...each, key: '' })),
    };
  }
}
