/** A `ref` for what a person's own step brings up: it takes the focus once, when it appears. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus();
