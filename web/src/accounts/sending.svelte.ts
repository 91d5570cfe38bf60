// One question to the server from a dialog: busy while it runs, its refusal for the form, a word when there is no answer.
import { Refused, Unreachable, type Problem } from '../platform/problem';
import { t } from '../platform/texts.svelte';
import { show_toast } from '../ui/toasts.svelte';

export class Asking {
  is_busy = $state(false);
  problem = $state.raw<Problem>();

  // True when it went through.
  async ask(question: () => Promise<unknown>): Promise<boolean> {
    if (this.is_busy) return false;
    this.is_busy = true;
    this.problem = undefined;
    try {
      await question();
      return true;
    } catch (trouble) {
      if (trouble instanceof Refused) this.problem = trouble.problem;
      else if (trouble instanceof Unreachable) show_toast(t('ui.unreachable'), 'bad');
      else throw trouble;
      return false;
    } finally {
      this.is_busy = false;
    }
  }
}
