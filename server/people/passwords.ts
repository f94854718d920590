import { hash, verify } from "@node-rs/argon2";

/** argon2id as the OWASP password storage cheat sheet has it: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A PHC string with its own salt. Takes some 20 ms on a thread beside the event loop. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

export const verifyPassword = ({ hash, password }: { hash: string; password: string }): Promise<boolean> => verify(hash, password);
