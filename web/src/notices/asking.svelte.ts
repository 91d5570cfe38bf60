// One question to the server: busy while it runs, its refusal for the form, a word when there is no answer.
import { Refused, Unreachable, type Problem } from '../platform/problem';
import { t } from '../platform/texts.svelte';
import { show_toast } from '../ui/toasts.svelte';

export class Asking {
  is_busy = $state(false);
  problem = $state.raw<Problem>();

  // Undefined when it did not go through.
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (this.is_busy) return undefined;
    this.is_busy = true;
    this.problem = undefined;
    try {
      return await question();
    } catch (trouble) {
      if (trouble instanceof Refused) this.problem = trouble.problem;
      else if (trouble instanceof Unreachable) show_toast(t('ui.unreachable'), 'bad');
      else throw trouble;
      return undefined;
    } finally {
      this.is_busy = false;
    }
  }
}
