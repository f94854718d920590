import { Frame } from "@/app/auth/frame";
import { NewAccount } from "@/app/sign-up/new-account";

/** A Braid nobody lives in yet. */
export const FirstAccount = () => (
  <Frame>
    <NewAccount title="Create the first account" words="This Braid is new. Whoever comes first looks after it as admin." />
  </Frame>
);
