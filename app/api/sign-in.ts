let leaving = false;

/** Goes to the sign-in page and comes back here afterwards. Text not yet sent is on the shelf of this browser by then. */
export function leaveForSignIn(): void {
  if (leaving || location.pathname.startsWith("/sign-in")) return;
  leaving = true;
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}
