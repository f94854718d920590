import { router, signedIn } from "../trpc";

export const adminRouter = router({
  overview: signedIn.query(({ ctx }) => ctx.services.overview.overview(ctx.user)),
});
