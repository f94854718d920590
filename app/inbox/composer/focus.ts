/** Milliseconds a closing dialog takes to give the focus back to where it came from. */
const AFTER_DIALOG = 200;

/**
 * Whether an opened conversation takes the focus into its composer: with a keyboard at hand whoever opens it means to write, and
 * letters typed elsewhere are keys. In the hand it would pull up the keyboard over what is to be read.
 */
export const writesAtOnce = (): boolean => window.matchMedia("(pointer: fine)").matches;

export const focusComposer = (): void => document.getElementById("composer")?.focus({ preventScroll: true });

/** Puts the focus on the message that Tab would reach, where letters are keys; false when there is none. */
export function focusMessage(): boolean {
  const message = document.querySelector<HTMLElement>('[data-key][tabindex="0"]');
  message?.focus({ preventScroll: true });
  return message !== null;
}

/** The same, when the message that had it is about to go away with its menu. */
export const focusMessageSoon = (): void => void setTimeout(focusMessage, AFTER_DIALOG);

/** The composer for what opens a conversation from a dialog. */
export const focusComposerSoon = (): void => void setTimeout(() => writesAtOnce() && focusComposer(), AFTER_DIALOG);
