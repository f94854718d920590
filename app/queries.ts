import { MutationCache, notifyManager, QueryClient } from "@tanstack/react-query";
import { Refusal } from "./ui/refusal";

// At once and not after a timer: a button that was pressed is pending before the next key comes.
notifyManager.setScheduler(queueMicrotask);

/**
 * What the pages beside the inbox know of the server. One for the whole tab, so that coming back to a page shows it at once; whoever
 * signs in or out leaves by a whole page load, which empties it. A change that has a `mutationKey` makes everything under that key be
 * asked for again.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer: it would be the same again. Only silence is worth a second and a third try.
      retry: (failures, error) => !(error instanceof Refusal) && failures < 2,
      retryDelay: 1_000,
      // A browser without a network may still reach a Braid on its own machine; what cannot be reached says so and comes again later.
      networkMode: "always",
      refetchOnReconnect: true,
    },
    // Passwords and recovery codes go through here and are not to be kept.
    mutations: { networkMode: "always", gcTime: 0 },
  },
  mutationCache: new MutationCache({
    onSuccess: (_data, _variables, _before, { options: { mutationKey: queryKey } }, { client }) => {
      if (queryKey) void client.invalidateQueries({ queryKey });
    },
  }),
});
