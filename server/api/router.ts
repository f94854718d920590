import { accountRouter } from "./routers/account";
import { adminRouter } from "./routers/admin";
import { devRouter } from "./routers/dev";
import { groupRouter } from "./routers/group";
import { mailboxRouter } from "./routers/mailbox";
import { messageRouter } from "./routers/message";
import { personRouter } from "./routers/person";
import { textsRouter } from "./routers/texts";
import { threadRouter } from "./routers/thread";
import { router } from "./trpc";

export const appRouter = router({
  account: accountRouter,
  admin: adminRouter,
  dev: devRouter,
  group: groupRouter,
  mailbox: mailboxRouter,
  message: messageRouter,
  person: personRouter,
  texts: textsRouter,
  thread: threadRouter,
});

export type AppRouter = typeof appRouter;
