import { z } from "zod";
import { participant } from "../inputs";
import { router, signedIn } from "../trpc";

/** ISO 3166-1 alpha-2: where a number without a country code is dialled. */
const region = z.string().regex(/^[A-Z]{2}$/);

export const personRouter = router({
  many: signedIn.input(z.object({ ids: z.array(participant).max(500) })).query(({ ctx, input }) => ctx.services.people.many(input.ids)),
  search: signedIn
    .input(z.object({ query: z.string().max(320), limit: z.int().min(1).max(50).default(20), region: region.optional() }))
    .query(({ ctx, input }) => ctx.services.people.search(ctx.user, input.query, input.limit, input.region)),
});
