import { type Clock, encodeId, type Id, type Random } from "@/domain/id";
import { phoneWords } from "@/domain/phone";
import type { Handler } from "./api/http";
import type { PhoneService } from "./api/services";
import type { Settings } from "./assemble";
import { createAuth } from "./people/accounts";
import { AddressBook } from "./people/addresses";
import { ensureAdmin } from "./people/admins";
import { authDoor } from "./people/auth-door";
import type { Database } from "./people/db/database";
import { seedPeople, welcome } from "./people/demo";
import { Directory } from "./people/directory";
import { People } from "./people/people";
import { PhoneBook, type PhoneMove } from "./people/phones";
import { SessionReader } from "./people/sessions";
import { TextWishesOfPeople } from "./people/text-wishes";
import { addressReader } from "./platform/client-address";
import type { Events } from "./platform/events";

export interface PeopleDeps {
  readonly settings: Settings;
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: Events;
  readonly sendCode: (mail: { to: string; code: string; name: string }) => Promise<void>;
  /** The same to a phone. */
  readonly textCode: (sms: { to: string; code: string }) => Promise<void>;
  /** Tells somebody whose phone went to another account. */
  readonly tellMove: (move: PhoneMove) => Promise<void>;
}

/** Accounts, sessions, addresses and the directory, over the database of people. */
export function createPeople({ settings, database, clock, random, events, sendCode, textCode, tellMove }: PeopleDeps) {
  const { prisma } = database;
  const { domain, secret, url, origins } = settings;
  // All of chance and not of time: a person's id is the row of their mailbox, and rows that begin alike would lie in one region of HBase.
  const mintId = () => encodeId(random(16));
  const directory = new Directory({ prisma, domain, clock });
  const auth = createAuth({
    prisma,
    secret,
    baseURL: url,
    trustedOrigins: origins,
    domain,
    clock,
    mintId,
    hooks: {
      sessionEnded: (session) => sessions.ended(session),
      failed: (error) => events.requestFailed({ door: "auth", path: "/api/auth", code: "server/internal", error }),
      userCreated: ({ id }) => {
        directory.forget(id);
        events.accountOpened({ user: id, role: "member" });
      },
    },
    ...(settings.signIns && { limits: settings.signIns }),
  });
  const sessions: SessionReader = new SessionReader({ auth, clock });
  const texts = new TextWishesOfPeople({ prisma, clock, phonesOf: (person) => directory.phonesOf(person) });
  const service = new People({ prisma, directory, domain, ...(settings.country !== undefined && { country: settings.country }) });
  const addresses = new AddressBook({ prisma, clock, random, mintId, secret, domain, sendCode, changed: (user) => directory.forget(user) });
  const phones = new PhoneBook({
    ...{ prisma, clock, random, mintId, secret, sendCode: textCode, tell: tellMove },
    changed: (user) => directory.forget(user),
    failed: (error) => events.workStumbled({ work: "phone-moved", error }),
  });
  const failed = (error: unknown) => events.requestFailed({ door: "auth", path: "/api/auth", code: "server/internal", error });
  return {
    directory,
    sessions,
    service: {
      me: async (user: Id) => ({ ...(await service.me(user)), demo: settings.demo }),
      update: service.update.bind(service),
      many: service.many.bind(service),
      search: service.search.bind(service),
    },
    addresses,
    texts,
    phones,
    authHandler: authDoor({ auth, baseURL: url, addressOf: addressReader(settings.trustedProxies), failed }) satisfies Handler,
    welcomeHandler: welcomeHandler(() => welcome(prisma, settings.demo)),
    isAdmin: async (user: Id): Promise<boolean> => (await service.me(user)).role === "admin",
    count: () => prisma.user.count(),
    /** Heals what a crash between the first account and its promotion left. */
    start: () => ensureAdmin(prisma),
    /** Says what a crash left unsaid. */
    resume: () => phones.tellMoves(),
    seedDemo: () => seedPeople({ prisma, clock, mintId, domain }),
  };
}

/** What Settings shows and does; `networks` are the carriers, whose numbers a phone can be texted from. */
export const phoneService = (phones: PhoneBook, networks: () => readonly { readonly numbers: readonly string[] }[]): PhoneService => ({
  list: async (user) => ({ phones: await phones.list(user), numbers: networks().flatMap(({ numbers }) => numbers.slice(-1)) }),
  claim: phones.claim.bind(phones),
  confirm: phones.confirm.bind(phones),
  remove: phones.remove.bind(phones),
});

export const movedWords = (number: string): string =>
  `Your phone ${phoneWords(number)} was linked to another account: somebody entered a code there that came to this phone. What it sends is no longer from you. If that was not you, check who has the phone, and link it again in Settings.`;

export type PeopleParts = ReturnType<typeof createPeople>;

/** What the sign-in page may know before anybody is known. */
const welcomeHandler =
  (words: () => Promise<unknown>): Handler =>
  async (_req, res) => {
    res.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(await words()));
  };
